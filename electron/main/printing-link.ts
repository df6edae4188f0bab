// The runtime link of a window that can print: a report in the user's own template, asked as PDF, is printed here
// from the runtime's HTML. The PDF of our own page is laid out by the runtime, with or without a window.
import type { SurveyReportView } from '../../firmware-runtime/api/survey-views.ts'
import { faultReply, type Reply, type RuntimeLink } from './runtime-link.ts'

const isPdfRequest = (
  args: unknown,
): args is { readonly name: string; readonly language: string } =>
  typeof args === 'object' && args !== null && 'format' in args && args.format === 'pdf'

export function printingLink(
  link: RuntimeLink,
  print: (html: string) => Promise<Uint8Array>,
): RuntimeLink {
  async function printed(args: object, seat: string | undefined): Promise<Reply> {
    const reply = await link.call('survey.report', { ...args, format: 'html' }, seat)
    if (!reply.ok) return reply
    const view = reply.data as SurveyReportView
    if (!view.ownTemplate) return link.call('survey.report', args, seat)
    try {
      const base64 = Buffer.from(await print(view.html)).toString('base64')
      const fileName = view.fileName.replace(/\.html$/, '.pdf')
      const data = { ...view, fileName, mime: 'application/pdf', html: '', base64 }
      return { ok: true, data: data satisfies SurveyReportView }
    } catch (error) {
      return faultReply({ code: 'REPORT-03', message: String(error) })
    }
  }
  return {
    kind: link.kind,
    call: (name, args, seat) =>
      name === 'survey.report' && isPdfRequest(args)
        ? printed(args, seat)
        : link.call(name, args, seat),
    subscribe: (stream, sinceSeq, take, seat) => link.subscribe(stream, sinceSeq, take, seat),
    close: () => link.close(),
  }
}
