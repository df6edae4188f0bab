// Exchanges that a fault delays until another one was delivered.

/** Delays an exchange until another one was delivered. */
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
