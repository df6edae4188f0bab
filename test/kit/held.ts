// Counts what is still referenced after a garbage collection: objects, entries of collections and bytes of buffers. The
// counts are equal on every machine; the engine's memory for them does not matter to a test.
import { openSession } from './own-session.ts'

interface Held {
  readonly objects: number
  /** Entries of arrays, maps and sets. */
  readonly entries: number
  /** Bytes of buffers, including those of typed arrays; a shared buffer counts once. */
  readonly bytes: number
}

/** Called with a list of objects as `this`. */
const summed = `function () {
  const held = { objects: this.length, entries: 0, bytes: 0 }
  for (const one of this)
    if (Array.isArray(one)) held.entries += one.length
    else if (one instanceof Map || one instanceof Set) held.entries += one.size
    else if (one instanceof ArrayBuffer) held.bytes += one.byteLength
  return held
}`

interface Remote<T = undefined> {
  readonly objectId?: string
  readonly value: T
}

/** Counts in the whole thread, which runs nothing else: everything that inherits from Object.prototype. */
export function heldNow(): Held {
  const { ask, close } = openSession()
  const { result } = ask<{ result: Remote }>('Runtime.evaluate', { expression: 'Object.prototype' })
  const prototypeObjectId = result.objectId
  const { objects } = ask<{ objects: Remote }>('Runtime.queryObjects', { prototypeObjectId })
  const { result: sums } = ask<{ result: Remote<Held> }>('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: summed,
    returnByValue: true,
  })
  close()
  return sums.value
}

/** The increase since `before`. */
export function heldSince(before: Held): Held {
  const now = heldNow()
  return {
    objects: now.objects - before.objects,
    entries: now.entries - before.entries,
    bytes: now.bytes - before.bytes,
  }
}

/** The increase while `make` ran that is still referenced through its result. */
export function heldBy<T>(make: () => T): Held & { readonly made: T } {
  const before = heldNow()
  const made = make()
  return { made, ...heldSince(before) }
}
