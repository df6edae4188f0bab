// After a failed test of the window: what each open window shows, as a picture and as text in the failure, because
// in continuous integration only messages remain, and a time-out alone does not say what was in the way.
import { afterEach } from 'vitest'
import { join } from 'node:path'
import { openPages, shotsDir } from './studio.ts'

const wordsMax = 400

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  const shown: string[] = []
  for (const page of openPages) {
    if (page.isClosed()) continue
    await page.screenshot({ path: join(shotsDir, `failed-${task.id}.png`) }).catch(() => undefined)
    const over = page.locator('.el-overlay:visible, .el-drawer:visible')
    const texts = await over.allInnerTexts().catch(() => [])
    const body = await page.evaluate('document.body.innerText').then(String, String)
    shown.push(
      (texts.length > 0 ? texts.join(' / ') : body).replace(/\s+/g, ' ').slice(0, wordsMax),
    )
  }
  if (shown.length === 0) return
  throw Object.assign(new Error(`the window showed: ${shown.join(' // ')}`), {
    name: 'WindowShown',
  })
})
