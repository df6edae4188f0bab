// Words of the page of the acceptance: its lock, its runs, its verdicts.
// Items, reasons and steps come from the runtime with their own words.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const acceptance = {
  acceptance: {
    runAll: t('运行全部', 'Run all'),
    runPart: t('运行 {part}', 'Run {part}'),
    goOn: t('继续运行', 'Go on'),
    anew: t('重新开始', 'New run'),
    other: {
      program: t('这一次由程序 {was} 判定', 'This run was judged by program {was}'),
      lotId: t('这一次属于停车场 {was}', 'This run is of car park {was}'),
      pack: t('这一次按另一个规则包判定', 'This run was judged by another rule pack'),
    },
    otherThen: t(
      ',不能继续,也不能生成文件:重新开始一次。',
      '; it cannot be continued or made into a document: start a new run.',
    ),
    asked: t(
      '所问的平台 {url}:联调通过 {done} / {all} 个接口,证书编号 {report}',
      'Platform asked: {url}; {done} of {all} interfaces passed the joint test, certificate id {report}',
    ),
    declares: t(
      '停车场申报 {n} 条,{away} 项因此不适用',
      'The car park declares {n} features; {away} items therefore do not apply',
    ),
    report: t('生成 {format}', 'Make {format}'),
    made: t(
      '已保存 {file}:运行过的项目按账本重新判定,结果一致',
      'Saved {file}: the items run were judged again from the ledger, with the same result',
    ),
    runOne: t('运行', 'Run'),
    stop: t('停止', 'Stop'),
    simulated: t(
      '模拟运行:设备或平台是模拟的,结果不是验收',
      'Simulated run: devices or platform are simulated, so this is not an acceptance',
    ),
    bySimulator: t('模拟', 'simulated'),
    locked: t('还不能开始:', 'Cannot start yet:'),
    overridden: t('没有验收也先测了:', 'Started without an accepted survey:'),
    toSurvey: t('去现场勘测', 'To the site survey'),
    override: t('没有验收也先测(写原因)', 'Start without an accepted survey'),
    overrideWhy: t(
      '现场测试没有验收合格就开始接入测试(10.1.2.1)。姓名和原因写入操作审计和报告。',
      'The access tests start although the site survey is not accepted (10.1.2.1). Name and reason go into the audit log and the report.',
    ),
    running: t('正在判定,还剩 {left} / {all} 项', 'Judging; {left} of {all} items left'),
    open: t('{all} 项,其中 {open} 项未通过或未完成', '{all} items, {open} failed or incomplete'),
    row: t('条', 'Row'),
    what: t('项目', 'Item'),
    verdict: t('判定', 'Verdict'),
    why: t('依据', 'Why'),
    evidence: t('步骤和证据 {n}', 'Steps, evidence {n}'),
    expected: t('预期:', 'Expected:'),
    assumed: t('假定:', 'Assumed:'),
    runRed: t('先让它不通过,再通过', 'Make it fail first, then pass'),
    asks: t(
      '等待 {of} 应答:{words},最迟到 {until}',
      'Waiting for {of} to answer: {words}, until {until}',
    ),
    waits: t('{item} 等待{of}:{words}', '{item} waits for {of}: {words}'),
    waitsToFail: t('故障已植入,应不通过', 'fault planted, must fail'),
    waitsToPass: t('故障已撤去,应通过', 'fault removed, must pass'),
    waitsFor: {
      person: t('人', 'a person'),
      platform: t('平台', 'the platform'),
      time: t('时间', 'time'),
    },
    red: t('植入故障后曾不通过({at}):{words}', 'It failed with its fault planted ({at}): {words}'),
    pack: t('规则包:{id}({standard})', 'Rule pack: {id} ({standard})'),
    altered: t(
      '规则包 {id} 改动了 {n} 处规则,不是原文;签名:{by}',
      'The rule pack {id} alters the rules in {n} places, so they are not those of the standard; signed by: {by}',
    ),
    compatible: t('兼容:{is}', 'compatible: {is}'),
    part: t('运行哪些项目', 'Items to run'),
    parts: t('全部附录', 'All appendices'),
    appendix: t('附录 {id}', 'Appendix {id}'),
    performance: t('10.3.2 性能', '10.3.2 performance'),
    basis: t('规则和设定', 'Rules and settings'),
    basisIs: t(
      '{standard} · 申报 {features} 条 · 容许 {quirks} 种对端习惯',
      '{standard} · declared features: {features} · tolerated peer deviations: {quirks}',
    ),
    documents: t('生成文件', 'Documents'),
    printed: t('条文:', 'Text:'),
    quirks: t(
      '兼容性:本次容许 {n} 种对端习惯',
      'Compatibility: this run tolerates {n} peer deviations',
    ),
    quirksWhy: t(
      '勾选后从下一次运行起计入兼容性;符合性只按条文判定。',
      'Ticked items count for compatibility from the next run on; conformance is judged only by the text of the standard.',
    ),
    limits: t('限值:', 'Limits:'),
    limitAssumed: t('假定', 'assumed'),
    unit: { s: t('秒', 's'), '%': t('%', '%'), count: t('次', 'times'), day: t('天', 'days') },
    is: {
      pass: t('通过', 'pass'),
      fail: t('不通过', 'fail'),
      incomplete: t('未完成', 'incomplete'),
      notApplicable: t('不适用', 'not applicable'),
      warn: t('提醒', 'warning'),
    },
    from: {
      ledger: t('账本', 'Ledger'),
      platform: t('平台', 'Platform'),
      frame: t('天线帧', 'Frame'),
      access: t('访问', 'Access'),
      walk: t('操作', 'Actions'),
    },
  },
}
