// Loaded into the script before it starts. Its process group is its own, so when the bootstrap is killed outright nobody
// would end it, nor what it started; the closed channel tells it.
process.on("disconnect", () => {
  if (process.platform === "win32") process.exit(1);
  process.kill(-process.pid, "SIGTERM");
});
// Worth knowing, but no reason to live on.
process.channel?.unref();
