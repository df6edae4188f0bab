// Which links of what watches spaces are of sensors, for what only has the lot file.

/** Any other link in a checked lot file is of a camera. */
export const isSensorLink = (url: string): boolean => /^(?:push:nb-iot$|mqtts?:)/.test(url)
