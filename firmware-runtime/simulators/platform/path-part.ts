// A part of a request's path as text.

/** A path part as text; invalid percent encoding stays and matches nothing. */
export const decodePart = (part: string): string =>
  /%(?![0-9A-Fa-f]{2})/.test(part) ? part : Buffer.from(bytesOfPart(part)).toString('utf8')

const bytesOfPart = (part: string): number[] =>
  [...part.matchAll(/%([0-9A-Fa-f]{2})|([^%])/g)].flatMap(([, escaped, plain]) =>
    escaped === undefined ? [...Buffer.from(plain ?? '')] : [Number.parseInt(escaped, 16)],
  )
