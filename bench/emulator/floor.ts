/** The floor: node:http that answers one constant text for every id. No server of ours can be faster than it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((request, response) => {
  const id = request.url?.split("/")[2]?.split("?")[0] ?? "";
  response.setHeader("content-type", "application/json");
  response.end(`{"status":"CONNECTED","verified_name":"Business","id":"${id}"}`);
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
