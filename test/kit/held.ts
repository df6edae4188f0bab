// What is held: objects, entries of collections and bytes of buffers that are left when the engine has collected. Counts, the
// same on every machine; how many bytes of memory the engine takes for them is no business of a test.
import { openSession } from './own-session.ts'

interface Held {
  readonly objects: number
  /** Of arrays, maps and sets. */
  readonly entries: number
  /** Of buffers, those of typed arrays among them; a buffer that many share is counted once. */
  readonly bytes: number
}

/** Is given a list of objects as `this`. */
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

/** Of the whole thread, which is one of its own: all that inherits from the prototype of objects. */
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

/** What came to be held since then. */
export function heldSince(before: Held): Held {
  const now = heldNow()
  return {
    objects: now.objects - before.objects,
    entries: now.entries - before.entries,
    bytes: now.bytes - before.bytes,
  }
}

/** What came to be held while `make` ran, and is held behind it by what it answers. */
export function heldBy<T>(make: () => T): Held & { readonly made: T } {
  const before = heldNow()
  const made = make()
  return { made, ...heldSince(before) }
}
