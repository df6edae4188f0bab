// A report requested as PDF is printed from the runtime's page; all other calls pass unchanged.
// What the page itself may fetch is tested in the real window (test/e2e/report.test.ts).
import { describe, expect, it } from 'vitest'
import { printingLink } from '../../../electron/main/printing-link.ts'
import type { Reply, RuntimeLink } from '../../../electron/main/runtime-link.ts'

const page = {
  name: 'a',
  fileName: 'a.html',
  mime: 'text/html',
  html: '<p>x</p>',
  base64: '',
  ownTemplate: true,
}

function linkOf(reply: Reply) {
  const calls: { name: string; args: unknown }[] = []
  const link: RuntimeLink = {
    kind: 'hosted',
    call: (name, args) => {
      calls.push({ name, args })
      return Promise.resolve(reply)
    },
    subscribe: () => () => undefined,
    close: () => Promise.resolve(),
  }
  return { link, calls }
}
const reportRequest = { name: 'a', language: 'zh', format: 'pdf' }
const bytes = new Uint8Array([1, 2, 3])

describe('a link that prints', () => {
  it('asks for the page and answers the printed file', async () => {
    const { link, calls } = linkOf({ ok: true, data: page })
    const printed: string[] = []
    const reply = await printingLink(link, (html) => {
      printed.push(html)
      return Promise.resolve(bytes)
    }).call('survey.report', reportRequest)
    expect(calls).toEqual([{ name: 'survey.report', args: { ...reportRequest, format: 'html' } }])
    expect(printed).toEqual(['<p>x</p>'])
    expect(reply).toEqual({
      ok: true,
      data: { ...page, fileName: 'a.pdf', mime: 'application/pdf', html: '', base64: 'AQID' },
    })
  })

  it('prints nothing of our own page: the runtime lays out its PDF', async () => {
    const { link, calls } = linkOf({ ok: true, data: { ...page, ownTemplate: false } })
    const own = printingLink(link, () => Promise.reject(new Error('printed')))
    await own.call('survey.report', reportRequest)
    expect(calls.map(({ args }) => args)).toEqual([
      { ...reportRequest, format: 'html' },
      reportRequest,
    ])
  })

  it('lets every other call and format through', async () => {
    const { link, calls } = linkOf({ ok: true, data: page })
    const own = printingLink(link, () => Promise.reject(new Error('printed')))
    const docx = { ...reportRequest, format: 'docx' }
    await own.call('survey.report', docx)
    await own.call('survey.page', reportRequest)
    expect(calls).toEqual([
      { name: 'survey.report', args: docx },
      { name: 'survey.page', args: reportRequest },
    ])
  })

  it('passes a refusal on, and says REPORT-03 when printing fails', async () => {
    const error = { code: 'SURVEY-02', message: '', means: '', todo: '', field: '', value: '' }
    const refused = linkOf({ ok: false, error })
    const never = (): Promise<Uint8Array> => Promise.reject(new Error('no printer'))
    expect(await printingLink(refused.link, never).call('survey.report', reportRequest)).toEqual({
      ok: false,
      error,
    })
    const { link } = linkOf({ ok: true, data: page })
    expect(await printingLink(link, never).call('survey.report', reportRequest)).toMatchObject({
      ok: false,
      error: { code: 'REPORT-03', message: 'Error: no printer' },
    })
  })

  it('stops what is printed for who asks, and says so to nobody else', async () => {
    const { link, calls } = linkOf({ ok: true, data: page })
    const begun = Promise.withResolvers<AbortSignal>()
    const own = printingLink(link, (_html, stop) => {
      begun.resolve(stop)
      return new Promise((_, fail) => {
        stop.addEventListener('abort', () => fail(new Error('gone')))
      })
    })
    const of = { of: 'survey.report' }
    const made = own.call('survey.report', reportRequest, 'a')
    const stop = await begun.promise
    await own.call('document.stop', of, 'b')
    await own.call('document.stop', { of: 'papers.report' }, 'a')
    expect(stop.aborted).toBe(false)
    expect(await own.call('document.stop', of, 'a')).toEqual({ ok: true, data: { stopped: 1 } })
    expect(await made).toMatchObject({ ok: false, error: { code: 'REPORT-05' } })
    // The runtime gets each stop too, because it may still be making the page.
    expect(calls.filter(({ name }) => name === 'document.stop')).toHaveLength(3)
  })
})
