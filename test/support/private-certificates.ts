/**
 * A server on this machine, with a certificate that nobody trusts: signed by an authority whose own authority it does not
 * send, as those of companies are. Made for these tests, valid until 2126.
 */
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

const KEY = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIOmJms6lejVCNrObUoQhS/ULydkUgGIGXtOF4Tzk7X8zoAoGCCqGSM49
AwEHoUQDQgAEK7XwkKE6KLF0xheRt8Y/dFR9n0XPDz9cQnjNPERMQh5AAzLVePVC
vOp7mFVP0o+R2E10CGWil0BHbtg+t2P+fg==
-----END EC PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmDCCAT6gAwIBAgIUEaqRyvNNTT9my3Pav2+2/rikEQEwCgYIKoZIzj0EAwIw
IjEgMB4GA1UEAwwXQW4gaW50ZXJtZWRpYXRlIG9mIG91cnMwIBcNMjYxMTI0MDQz
NTE1WhgPMjEyNjEwMzEwNDM1MTVaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABCu18JChOiixdMYXkbfGP3RUfZ9Fzw8/XEJ4
zTxETEIeQAMy1Xj1Qrzqe5hVT9KPkdhNdAhlopdAR27YPrdj/n6jXjBcMBoGA1Ud
EQQTMBGCCWxvY2FsaG9zdIcEfwAAATAdBgNVHQ4EFgQUWHqs3X4ndK4Y6j1R3LAl
IauYf/MwHwYDVR0jBBgwFoAULNYgQhImpETN+huc5tVxcdDMRlgwCgYIKoZIzj0E
AwIDSAAwRQIgEtXGzAS9toNFbooFpMaGyW4zNAPjxAhM10xnaKIk8nkCIQCE9t6d
OWw2t8H72GSV7jAUYVfqJHzhsoAmXcxfCkj9HQ==
-----END CERTIFICATE-----`;
const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBkTCCATigAwIBAgIUGX36UhY69qVIGR7kNJIHna6D/OYwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOQSByb290IG9mIG91cnMwIBcNMjYxMTI0MDQzNTE1WhgPMjEy
NjEwMzEwNDM1MTVaMCIxIDAeBgNVBAMMF0FuIGludGVybWVkaWF0ZSBvZiBvdXJz
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqWjZG9LnbXhtaCyBzaWkt/uWF6OM
qqCTUdZqr/p8+ghHzI9lsXE8Asm0U0o3uiA4wNvWnTgvqhSyqfOaetZ3W6NTMFEw
DwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQULNYgQhImpETN+huc5tVxcdDMRlgw
HwYDVR0jBBgwFoAU3ha31xlrk1tgzuBvaH65SL9CRq0wCgYIKoZIzj0EAwIDRwAw
RAIgVy7qU/HwfPsvutFtyAcYkG7/+VBlje3jeX9vH68XOawCIE5ykm/0QwCgA9Dr
K7Id0+nhZHMNGLTw1BdhfAKrcNCh
-----END CERTIFICATE-----`;

/** @returns its address, and how many requests came */
export async function startPrivateServer(): Promise<{ url: string; requests: () => number }> {
  let count = 0;
  const server = createServer({ key: KEY, cert: `${CERTIFICATE}\n${AUTHORITY}` }, (_request, response) => {
    count += 1;
    response.writeHead(201).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => count };
}
