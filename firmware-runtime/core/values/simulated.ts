// By what a simulated device is known to whom must not take money with it (docs/test-keys.md).
// The simulator tells it, production looks for it: both read it here.

/** RSU id that the simulator tells in B0: the three letters "SIM". */
export const simulatedRsuId = '53494D'

/** Addresses of this machine, where simulators listen and no device of a lane does. */
export const isLoopback = (host: string): boolean =>
  /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?|\[?::ffff:127\.\d+\.\d+\.\d+\]?)$/i.test(host)

/** The host that a device link names, or null where it names none. */
export const hostOf = (url: string): string | null =>
  /^[a-z]+:\/\/(?:[^@/?]*@)?(\[[^\]]+\]|[^:/?]+)/.exec(url)?.[1] ?? null
