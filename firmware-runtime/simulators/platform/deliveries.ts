// What a fault puts out of order: exchanges that wait for another one.

/** Lets an exchange wait until another one has been delivered. */
export function createDeliveries() {
  let waiting: (() => void)[] = []
  return {
    async nextDelivered(ms: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      const late = setTimeout(resolve, ms)
      waiting.push(resolve)
      await promise
      clearTimeout(late)
    },
    delivered(): void {
      const now = waiting
      waiting = []
      for (const go of now) go()
    },
  }
}
