// Services between expansion platform and issuer (table I.1). A lot cannot see the issuer's books; a simulated platform
// shows its own. Without such books the verdict is incomplete and says who carries out the test.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { AcceptanceFacts, IssuerKind } from './facts.ts'
import { judged, type Finding, type Wrong } from './item.ts'

export const issuersTest = t(
  '真实平台上由发行服务机构执行;停车场看不到它与平台之间的接口',
  'On a real platform the issuer carries this out; a lot does not see the interface between the issuer and the platform',
)

export const issuerSteps: readonly BilingualText[] = [
  t('由发行服务机构在平台一侧执行', 'Carried out by the issuer, on the platform side'),
  t(
    '模拟平台:运行一辆车,再看它的账簿',
    'With a simulated platform: run a car through, then look at the books of the platform',
  ),
]

export function issuerFinding({ issuer }: AcceptanceFacts, kind: IssuerKind): Finding {
  if (issuer === null) return judged([], [issuersTest], issuersTest, [])
  const own = issuer.filter((one) => one.kind === kind)
  const evidence = own.map(({ ref, text }) => ({ source: 'platform', ref, text }) as const)
  const wrong = own
    .filter(({ ok }) => !ok)
    .map(({ ref, text }): Wrong => ({
      assertion: 'failed',
      words: t(`发行方账簿 ${ref}:${text}`, `books of the issuer, ${ref}: ${text}`),
      evidence: [{ source: 'platform', ref, text }],
    }))
  const unnamed = own.filter(({ ref }) => ref.trim() === '').length
  return judged(
    wrong,
    [
      ...(unnamed === 0
        ? []
        : [
            t(
              `发行方账簿有 ${unnamed} 条没有写明对象`,
              `${unnamed} records in the books of the issuer do not say what they are about`,
            ),
          ]),
      ...(own.length > 0
        ? []
        : [t('发行方账簿里还没有', 'the books of the issuer have no record yet')]),
    ],
    t(`${own.length} 条成功`, `${own.length} records succeeded`),
    evidence,
  )
}
