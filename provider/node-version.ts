/**
 * Says plainly that Node is too old, before a package fails on it with riddles. Imported first by what is started on
 * its own: the plugin's handlers and the command line.
 */
const OLDEST = [22, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  throw new Error(
    `pulumi-waba needs Node ${OLDEST.join(".")} or newer, and this is ${process.version}: install one from ` +
      "https://nodejs.org/ and put it on the PATH that pulumi sees",
  );
}

export {};
