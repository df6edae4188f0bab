// The runtime link of a window that can print. A report in the user's own template, requested as PDF, is printed here
// from the runtime's HTML; the PDF of the built-in template is made by the runtime, with or without a window.
import type { SurveyReportView } from '#survey/calls/survey-views.ts'
import { faultReply, type Reply, type RuntimeLink } from './runtime-link.ts'

const isPdfRequest = (
  args: unknown,
): args is { readonly name: string; readonly language: string } =>
  typeof args === 'object' && args !== null && 'format' in args && args.format === 'pdf'

const stopsReport = (args: unknown): boolean =>
  typeof args === 'object' && args !== null && 'of' in args && args.of === 'survey.report'

export function printingLink(
  link: RuntimeLink,
  print: (html: string, stop: AbortSignal) => Promise<Uint8Array>,
): RuntimeLink {
  /** Reports being printed, each with the session that requested it. */
  const printing = new Set<{ readonly seat: string | undefined; readonly end: AbortController }>()

  async function stopped(args: unknown, seat: string | undefined): Promise<Reply> {
    const own = [...printing].filter((one) => one.seat === seat)
    for (const { end } of own) end.abort()
    const reply = await link.call('document.stop', args, seat)
    return own.length > 0 ? { ok: true, data: { stopped: own.length } } : reply
  }

  async function printed(args: object, seat: string | undefined): Promise<Reply> {
    const reply = await link.call('survey.report', { ...args, format: 'html' }, seat)
    if (!reply.ok) return reply
    const view = reply.data as SurveyReportView
    if (!view.ownTemplate) return link.call('survey.report', args, seat)
    const one = { seat, end: new AbortController() }
    printing.add(one)
    try {
      const base64 = Buffer.from(await print(view.html, one.end.signal)).toString('base64')
      const fileName = view.fileName.replace(/\.html$/, '.pdf')
      const data = { ...view, fileName, mime: 'application/pdf', html: '', base64 }
      return { ok: true, data: data satisfies SurveyReportView }
    } catch (error) {
      if (one.end.signal.aborted) return faultReply({ code: 'REPORT-05' })
      return faultReply({ code: 'REPORT-03', message: String(error) })
    } finally {
      printing.delete(one)
    }
  }
  return {
    kind: link.kind,
    call(name, args, seat) {
      if (name === 'survey.report' && isPdfRequest(args)) return printed(args, seat)
      if (name === 'document.stop' && stopsReport(args)) return stopped(args, seat)
      return link.call(name, args, seat)
    },
    subscribe: (stream, sinceSeq, take, seat) => link.subscribe(stream, sinceSeq, take, seat),
    close: () => link.close(),
  }
}
