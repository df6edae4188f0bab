// Faults of an acceptance: begun before the survey of the lot is accepted (10.1.2.1), run twice at once, continued with a
// run of another program, to show what the ledger does not say, to judge a lot that declares nothing, and to judge by a rule pack that is wrong. Rows of the one table in faults.ts.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  PAPER: t('没有记下评审,车道不受影响', 'No review was recorded; the lanes are not affected'),
}

export const acceptanceFaults = faultRows(means, {
  'ACCEPT-01': {
    what: t('现场测试还没有验收合格', 'The survey of this car park is not accepted yet'),
    means: t(
      '接入测试没有开始(10.1.2.1);车道不受影响',
      'No access test was started (10.1.2.1); the lanes are not affected',
    ),
    todo: t(
      '先完成现场勘测并使其合格;或由有权的人写明原因,不等勘测合格就开始',
      'Complete the survey so that it passes, or let a person with the right override it with a reason',
    ),
  },
  'ACCEPT-02': {
    what: t('验收已在进行', 'An acceptance run is already in progress'),
    means: t('没有开始第二次', 'A second run was not started'),
    todo: t('等它结束,或先停止', 'Wait until it ends, or stop it first'),
  },
  'ACCEPT-03': {
    what: t('这里不能植入故障', 'Faults cannot be planted here'),
    means: t(
      '没有运行;故障只植入模拟平台,从不植入真实平台',
      'Nothing was run: faults are planted only in simulated platforms, never in a real one',
    ),
    todo: t(
      '在演示停车场运行,车道要在运行',
      'Run this in the demo lot while its lanes are running',
    ),
  },
  'ACCEPT-04': {
    what: t(
      '这一次验收由另一个程序版本、停车场、规则包、天线版本、申报或平台判定',
      'This run was judged by another version of the program, another car park, rule pack, version of an antenna, declaration or platform',
    ),
    means: t(
      '没有继续,已有的判定不变;车道不受影响',
      'The run did not continue and its verdicts are unchanged; the lanes are not affected',
    ),
    todo: t('重新开始一次(--anew)', 'Start a new run (--anew)'),
  },
  'ACCEPT-05': {
    what: t(
      '验收记录里的判定与账本得出的不同',
      'The verdict in the run differs from the one that the ledger gives',
    ),
    means: t('没有写出文件', 'No document was written'),
    todo: t(
      '重新运行这一项;如仍不同,验收记录被改过',
      'Run this item again; if it still differs, the run file was altered',
    ),
  },
  'ACCEPT-06': {
    what: t('这是另一个停车场的验收包', 'This package belongs to another car park'),
    means: t('它对这个停车场什么也证明不了', 'It proves nothing about this car park'),
    todo: t('用这个停车场的验收包', 'Use the package of this car park'),
  },
  'ACCEPT-07': {
    what: t('这个停车场没有申报任何可测的', 'This car park declares nothing that can be tested'),
    means: t(
      '没有运行:没有天线、没有平台,没有一项适用',
      'Nothing was run: without an antenna or a platform no item applies',
    ),
    todo: t(
      '在设置里写上天线或平台;acceptance declaration 列出申报了什么',
      'Enter an antenna or a platform in the settings; acceptance declaration lists what is declared',
    ),
  },
  'ACCEPT-08': {
    what: t('验收包与申报不符', 'The package does not match its declaration'),
    means: t('它的项目不是按这份申报选的', 'Its items were not selected from this declaration'),
    todo: t('请停车场重新生成验收包', 'Ask the car park to make the package again'),
  },
  'ACCEPT-09': {
    what: t(
      '正式停车场运行时不向别的平台验收',
      'A running production lot cannot be tested against another platform',
    ),
    means: t('没有运行,没有发出任何请求', 'Nothing was run, and nothing was sent'),
    todo: t(
      '停下车道再运行,或按已接入的平台重新开始',
      'Stop the lanes and run it, or begin a new run against the platform you have joined',
    ),
  },
  'ACCEPT-10': {
    what: t('所问的平台没有答复', 'The platform that the run is aimed at did not answer'),
    means: t(
      '联调和判定没有继续;已有的保留',
      'The joint test and the judging did not continue; earlier results are kept',
    ),
    todo: t(
      '检查地址和根证书(--ca),再运行一次',
      'Check its address and root certificate (--ca), then run it again',
    ),
  },
  'ACCEPT-11': {
    what: t('账本里没有这个停车场的启动记录', 'The ledger has no start of this car park'),
    means: t(
      '没有生成验收包:无法证明这些记录属于哪个停车场、由什么设备产生',
      'No package was made: nothing proves whose rows these are and what made them',
    ),
    todo: t(
      '启动车道,通车后重新验收,再生成验收包',
      'Start the lanes, let cars pass, run the acceptance again, then make the package',
    ),
  },
  'PAPER-01': {
    what: t('写的人不能评审自己写的', 'The author of a paper cannot review it'),
    todo: t('请另一个人阅读后评审', 'Ask another person to read and review it'),
  },
  'PAPER-02': {
    what: t('这份文件还没有填完', 'This paper is not complete yet'),
    todo: t('先回答所示的问题', 'Answer the question shown first'),
  },
  'PAPER-03': {
    what: t(
      '应急演练快到期或已过期(K.1-9)',
      'The yearly emergency drill is due or overdue (K.1-9)',
    ),
    means: t(
      '车道不受影响;验收文件缺这一次',
      'The lanes are not affected; the acceptance papers lack this drill',
    ),
    todo: t(
      '举行演练,并在“验收文件”记下日期',
      'Hold the drill and enter its date under the acceptance papers',
    ),
  },
  'RULE-01': {
    what: t('规则包有误', 'The rule pack has an error'),
    means: t(
      '没有按它判定任何一条;车道照常收费和放行',
      'No item was judged by it; the lanes charge and open as usual',
    ),
    todo: t(
      '按所示的文件、字段和值改正;移走 rules.json 则按本省的规则包判定',
      'Correct the file, field and value shown; if you remove rules.json, the rule pack of your province is used',
    ),
  },
  'RULE-02': {
    what: t(
      '这份文件不是按它所称的规则包判定的',
      'This file was not judged by the rule pack that it names',
    ),
    means: t(
      '它用了程序自带规则包的名字,规则却不同;判定不能按原文采信',
      'It uses the name of a rule pack of the program with other rules: its verdicts are not those of the standard',
    ),
    todo: t(
      '请停车场按本省的规则包重新验收或勘测;要用别的规则,用签发机构签名并另取名字的规则包',
      'Ask the car park for a run or a survey by the rule pack of its province; other rules need a pack of another name, signed by the issuer',
    ),
  },
})
