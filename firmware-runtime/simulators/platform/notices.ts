// Further administration data: messages by mail and SMS, developers' questions with answers, and the progress of each
// joint test (000 A.2.2 a, d, e, h). Nothing is sent from this machine.
import { isoOf } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import type { AdminPlan } from './admin.ts'
import { textIn } from './admin-members.ts'
import { membersIn, refuse } from '../shell/members.ts'
import type { PlatformModel } from './model.ts'
import type { Question } from './onboarding-records.ts'

const questionView = ({ atMs, replies, ...question }: Question) => ({
  ...question,
  atIso: isoOf(atMs),
  replies: replies.map(({ atMs: saidMs, ...reply }) => ({ ...reply, atIso: isoOf(saidMs) })),
})

const isAbout = ({ about, text, replies }: Question, wanted: string): boolean =>
  [about, text, ...replies.map((one) => one.text)].join('\n').toLowerCase().includes(wanted)

/** The calls of each sandbox client, and its report. */
function jointTests({ state: { onboarding } }: PlatformModel) {
  const reportOf = (appId: string) =>
    [...onboarding.reports.values()].findLast((one) => one.appId === appId)
  return [...onboarding.tried].map(([appId, tried]) => ({
    appId,
    reportId: reportOf(appId)?.reportId ?? null,
    impolite: reportOf(appId)?.data['impolite'] ?? null,
    interfaces: [...tried].map(([name, { codes, fromMs, untilMs }]) => ({
      name,
      codes: Object.fromEntries(codes),
      fromIso: isoOf(fromMs),
      untilIso: isoOf(untilMs),
    })),
  }))
}

/**
 * GET /notices, GET /joint-tests?appId=; GET /questions?text=, newest first; POST /questions {from, about, text} and
 * POST /replies {id, by, text} -> the question.
 */
export function noticeRoutes({ model, settled, nowMs }: Omit<AdminPlan, 'appId'>): AdminRoutes {
  const found = (id: string): Question => {
    const question = model().state.onboarding.questions.get(id)
    if (question === undefined) throw refuse('id', id, 'no such question')
    return question
  }
  return {
    'GET /notices': () => ({
      notices: model()
        .state.onboarding.notices.toReversed()
        .map(({ atMs, ...notice }) => ({ ...notice, atIso: isoOf(atMs) })),
    }),
    'GET /joint-tests': ({ query }) => ({
      tests: jointTests(model()).filter(({ appId }) => appId === (query.get('appId') ?? appId)),
    }),
    'GET /questions': ({ query }) => {
      const wanted = (query.get('text') ?? '').trim().toLowerCase()
      const all = [...model().state.onboarding.questions.values()]
      return {
        questions: all
          .filter((one) => isAbout(one, wanted))
          .toReversed()
          .map(questionView),
      }
    },
    'POST /questions': async ({ body }) => {
      const members = membersIn(body)
      const said = {
        from: textIn(members, 'from'),
        about: textIn(members, 'about'),
        text: textIn(members, 'text'),
      }
      const id = `Q${model().state.onboarding.questions.size + 1}`
      model().record({ t: 'question', id, ...said, atMs: nowMs() })
      await settled()
      return questionView(found(id))
    },
    'POST /replies': async ({ body }) => {
      const members = membersIn(body)
      const { id } = found(textIn(members, 'id'))
      const said = { by: textIn(members, 'by'), text: textIn(members, 'text') }
      model().record({ t: 'reply', id, ...said, atMs: nowMs() })
      await settled()
      return questionView(found(id))
    },
  }
}
