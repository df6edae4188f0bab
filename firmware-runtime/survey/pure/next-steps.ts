// What a person does next at a row of table D.1 that has not passed: one sentence for each kind of reason. A reason carries the
// code of its step, so that a reason without a step does not compile. Figures stand in the reasons.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

/** `at`: the place or the procedure that the step names. */
const steps = {
  measure: (at) => t(`按方法测试:${at.zh}`, `Carry out the procedure: ${at.en}`),
  again: t('写明原因,重测整个项目', 'Write the reason and measure the whole row again'),
  reason: t('由具名的人写一条新的原因', 'Have a named person write a new reason'),
  second: t('请第二人写明理由', 'Have a second person write the reason'),
  correct: t('核对两处说法,更正错的', 'Compare both statements and correct the wrong one'),
  clockBack: t('校准这台电脑的时钟后重测', 'Set the clock of this computer, then measure again'),
  outside: t('换另一台电脑上的对端或时间源', 'Use a peer or time source on another computer'),
  answer: t('逐项作答,补照片或不适用的理由', 'Answer each part, add photos or why not'),
  mend: t('整改后再作答并写原因', 'Mend it, then answer again with the reason'),
  geometry: t('测天线的高度和角度并记录', 'Measure and record height and angles of the antenna'),
  deviation: t('改正安装,或具名写偏离的理由', 'Correct the mounting, or write why it departs'),
  plate: t('录入铭牌', 'Record the name plate'),
  type: t('换成过检的型号,或更正铭牌', 'Fit the tested model, or correct the recorded plate'),
  newSurvey: t('改正判据,另建一份勘测', 'Begin another survey with corrected criteria'),
  setup: t('记录天线现在的设置后重测', "Record the antenna's present setup, then measure"),
  point: (at) => t(`读未测的点,先读 ${at.zh}`, `Read the points that are left, ${at.en} first`),
  beside: (at) => t(`在 ${at.zh} 旁移动后重读`, `Move beside ${at.en} and read again`),
  height: t('把探头架到规定高度重读', 'Put the probe at its height and read again'),
  instrument: t('录入仪器的校准与增益后重读', 'Enter calibration and gain, then read again'),
  oneAntenna: t('用同一天线重读全部测点', 'Read all points again with the same antenna'),
  adjust: t('调整天线,记录设置,全部重测', 'Adjust the antenna, record it, measure all again'),
  background: t(
    '关闭所有天线测背景,找其他发射源',
    'Read with all antennas off, find other senders',
  ),
  drift: t('每台仪器在同一点测前测后各读一次', 'Read one drift point before and after the field'),
  island: (at) => t(`从 ${at.zh} 继续向外测`, `Read on outwards from ${at.en}`),
  tryObus: t('在需求区与外圈各处试 OBU', 'Try OBUs at all places of needed area and ring'),
  offer: t('在邻道放足 OBU,本车道有车,再测', 'Offer enough OBUs next door, a car in the lane'),
  control: t('让这些 OBU 在本道或通信区内读到', 'Have these OBUs read in their lane or the zone'),
  stress: t('用同一批 OBU 做加压测试', 'Run the stress test with the same OBUs'),
  narrow: t('减小或转开邻道方向的信号后重测', 'Lower the power or turn it away, measure again'),
  nextDoor: t('在邻道中线读场强', 'Read the field at the middle of the next lane'),
  goOn: t('再跑一次,直到程序判出结果', 'Run it again until the program has decided'),
  pace: t('按程序的间隔重测', 'Measure again at the pace of the program'),
  line: t('查修线路后写明原因重测', 'Repair the line, then measure with the reason'),
  peer: t('在对端运行 probe-server 后再测', 'Run probe-server at the peer, then measure'),
  clocks: t('校准两端时钟后重测', 'Set the clocks of both ends, then measure again'),
  rates: t('把两种连接的次数测满', 'Complete the runs of both kinds'),
  signal: t('在 4G 或 5G 下连续读满', 'Read on in one run on 4G or 5G'),
  aerial: t('移动或更换移动网络天线后重测', "Move or change the modem's aerial, measure again"),
  readClock: t('继续读该时钟,读不到的写明原因', 'Read this clock on, or say why it has no time'),
  source: t('检查时间源后重测', 'Check the time source, then measure again'),
  sync: t('让车道机按时同步,再读', 'Have the lane computer synchronise, then read'),
  setClock: t('校准该时钟,写明原因重测', 'Set this clock, then measure with the reason'),
  ruler: t('换更准的参考时钟重测', 'Measure again with a better reference clock'),
} as const satisfies Record<string, BilingualText | ((at: BilingualText) => BilingualText)>

type StepCode = keyof typeof steps
export const stepCodes = Object.keys(steps) as readonly StepCode[]

export interface NextStep extends BilingualText {
  readonly code: StepCode
}

/** Why a row has not passed, with the step that ends it. */
export interface Reason extends BilingualText {
  readonly next: NextStep
}

export function nextStep(code: StepCode, at = t('', '')): NextStep {
  const step = steps[code]
  return { code, ...(typeof step === 'function' ? step(at) : step) }
}

/** `at`: a place. */
export const withStep = (code: StepCode, { zh, en }: BilingualText, at = ''): Reason => ({
  zh,
  en,
  next: nextStep(code, t(at, at)),
})

export const because = (code: StepCode, zh: string, en: string): Reason => withStep(code, t(zh, en))

/** All of one kind. */
export const becauseAll = (code: StepCode, all: readonly BilingualText[], at?: string) =>
  all.map((words) => withStep(code, words, at))
