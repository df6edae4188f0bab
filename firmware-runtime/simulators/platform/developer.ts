// The developer pages: each interface with its members, from the tables that check them, and a runnable example: a
// shell script with curl and openssl, to be started in the folder of the certificates.
import { isoOf } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import {
  chargeRules,
  exceptionRules,
  heartbeatRules,
  refundRules,
} from './records/member-tables.ts'
import { signInRules } from './records/member-tables.ts'
import type { MemberRule } from './records/members.ts'

interface DeveloperPlan {
  readonly baseUrl: string
  readonly appId: string
  nowMs(): number
}

interface Example {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly rules: readonly MemberRule[]
  /** `no` is new at each run, so that an example can be repeated. */
  body?(no: string, atIso: string): Readonly<Record<string, unknown>>
}

const where = { parkId: '450100001', laneNo: 'exit' }

const chargeOf = (no: string, atIso: string): Readonly<Record<string, unknown>> => ({
  ...where,
  outTradeNo: no,
  mode: 2,
  deviceId: 'rsu-1',
  serviceType: 2,
  enTime: atIso,
  exTime: atIso,
  transTime: atIso,
  parkDuration: 0,
  vehiclePlate: `测A${no.slice(-5)}`,
  vehicleColor: 0,
  vehicleType: 1,
  plateSource: 1,
  payFee: 1200,
  discountFee: 0,
  realFee: 1200,
  tacSource: 2,
  listVersion: '0',
  offline: false,
})

/** In running order: a refund needs its charge. */
const examples: readonly Example[] = [
  {
    method: 'POST',
    path: '/v1/psam/sign-in',
    rules: signInRules,
    body: (no, atIso) => ({
      ...where,
      listNo: `S${no}`,
      parkName: 'Test lot',
      laneType: '02',
      terminalTime: atIso,
      areaNo: '4501',
    }),
  },
  { method: 'POST', path: '/v1/etc/exit-charges', rules: chargeRules, body: chargeOf },
  { method: 'GET', path: '/v1/etc/exit-charges/{outTradeNo}', rules: [] },
  {
    method: 'POST',
    path: '/v1/etc/exceptions',
    rules: exceptionRules,
    body: (no, atIso) => ({
      ...where,
      exceptionNo: `X${no}`,
      occurTime: atIso,
      exceptionType: 14,
      vehiclePlate: `测A${no.slice(-5)}`,
      handling: 1,
    }),
  },
  {
    method: 'POST',
    path: '/v1/etc/refunds',
    rules: refundRules,
    body: (no) => ({
      outRefundNo: `R${no}`,
      outTradeNo: no,
      refundFee: 500,
      totalFee: 1200,
      reason: 'test',
      operator: 'clerk',
      approvedBy: 'manager',
    }),
  },
  { method: 'GET', path: '/v1/etc/refunds/{outRefundNo}', rules: [] },
  {
    method: 'POST',
    path: '/v1/monitor/heartbeats',
    rules: heartbeatRules,
    body: (_, atIso) => ({ ...where, seq: 1, time: atIso }),
  },
  { method: 'GET', path: '/v1/status-list', rules: [] },
  { method: 'GET', path: '/v1/certificates', rules: [] },
]

/** One member described by its rule. */
function memberOf(rule: MemberRule): Readonly<Record<string, unknown>> {
  const { name, is, optional = false } = rule
  if (is === 'text') {
    const { min, max, shape } = rule
    return { name, is, optional, limits: `${min}–${max}`, shape: shape?.source ?? '' }
  }
  if (is === 'int') return { name, is, optional, limits: `${rule.min}–${rule.max}`, shape: '' }
  const limits = is === 'code' ? rule.oneOf.join(' ') : ''
  return { name, is, optional, limits, shape: '' }
}

/** Signs with openssl and sends with curl. The body is in one variable, so that the signed text is the sent one. */
function scriptOf(method: string, path: string, body: string, plan: DeveloperPlan): string {
  const { baseUrl, appId } = plan
  const text = `'%s\\n%s\\n%s\\n%s\\n%s\\n' '${method}' "$WAY" "$STAMP" "$NONCE" "$BODY"`
  const json = method === 'GET' ? '' : ` -H 'Content-Type: application/json' --data-binary "$BODY"`
  return [
    `BODY='${body}'`,
    `WAY='${path}'`,
    'STAMP=$(date +%s)',
    'NONCE=$(openssl rand -hex 16 | tr a-f A-F)',
    'SERIAL=$(openssl x509 -in client.pem -noout -serial | cut -d= -f2)',
    `SIGNATURE=$(printf ${text} |`,
    '  openssl dgst -sm3 -sign client.key.pem -sigopt distid:1234567812345678 | base64 -w0)',
    `AUTH="ETC-SM2-WITH-SM3 appid=\\"${appId}\\",nonce_str=\\"$NONCE\\",timestamp=\\"$STAMP\\""`,
    'AUTH="$AUTH,serial_no=\\"$SERIAL\\",signature=\\"$SIGNATURE\\""',
    `curl -s --cacert ca.pem -X ${method} -H "Authorization: $AUTH"${json} "${baseUrl}$WAY"`,
    '',
  ].join('\n')
}

/** GET /developer -> {interfaces: [{name, members, example, script}]}. */
export const developerRoutes = (plan: DeveloperPlan): AdminRoutes => ({
  'GET /developer': () => {
    const no = `DEV${plan.nowMs()}`
    return {
      interfaces: examples.map(({ method, path, rules, body }) => {
        const own = path.replace('{outTradeNo}', no).replace('{outRefundNo}', `R${no}`)
        const example = body?.(no, isoOf(plan.nowMs())) ?? null
        const text = example === null ? '' : JSON.stringify(example)
        return {
          name: `${method} ${path}`,
          members: rules.map(memberOf),
          example,
          script: scriptOf(method, own, text, plan),
        }
      }),
    }
  },
})
