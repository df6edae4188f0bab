// Marks of simulated devices, by which production code refuses to take money with them (docs/test-keys.md).
// The simulators send them, production checks them; both read them here.

/** RSU id in B0 of the simulator: the letters "SIM". */
export const simulatedRsuId = '53494D'

/** Common name in a certificate of a simulator. */
export const simulatedName = (name: string): string => `TEST ${name}`

/** Authority that signs the TLS certificates of the platform simulators. */
export const simulatedTlsAuthority = 'platform TLS authority'

/** By the common name of its issuer. */
export const isSimulatedIssuer = (issuer: string): boolean =>
  issuer === simulatedName(simulatedTlsAuthority)

/** Addresses of this machine, where simulators listen and no device of a lane does. */
export const isLoopback = (host: string): boolean =>
  /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?|\[?::ffff:127\.\d+\.\d+\.\d+\]?)$/i.test(host)

/** Host of a device link, or null where it has none. */
export const hostOf = (url: string): string | null =>
  /^[a-z]+:\/\/(?:[^@/?]*@)?(\[[^\]]+\]|[^:/?]+)/.exec(url)?.[1] ?? null
