import { spawn } from "node:child_process";

/** Runs npm or the compiler with all its output on stderr; rejects with the given line when it is missing or fails. */
export function runTool(command, args, cwd, { missing, failed }) {
  return new Promise((resolve, reject) => {
    // Inside `npm run -s` npm would otherwise say nothing about what is wrong.
    const env = { ...process.env, npm_config_loglevel: "error" };
    const tool = spawn(command, args, { cwd, env, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
    let interrupted;
    const forward = (signal) => {
      interrupted = signal;
      tool.kill(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, forward);
    tool.on("error", (cause) => reject(new Error(cause.code === "ENOENT" ? missing : cause.message)));
    tool.on("exit", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeListener(name, forward);
      if (code === 0) resolve();
      else reject(new Error(interrupted || signal ? `Interrupted by ${interrupted ?? signal}.` : failed));
    });
  });
}
