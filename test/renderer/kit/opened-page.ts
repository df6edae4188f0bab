// The page that a test has open. Test files share a document: a page left mounted would react in the following tests.
import type { App } from 'vue'

let opened: App | null = null

/** Has the page unmounted after the test (missing-words.ts). */
export function keepOpened(app: App): void {
  opened = app
  app.onUnmount(() => {
    if (opened === app) opened = null
  })
}

export const closePage = (): void => opened?.unmount()
