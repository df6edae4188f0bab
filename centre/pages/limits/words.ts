// Words of the page of the limits of a centre.
import { t } from '#base/pure/words/fault-text.ts'

export const words = {
  stages: {
    S1: t('现在是一台机器(S1)', 'Now: one machine (S1)'),
    S2: t('现在是一台机器加备用(S2)', 'Now: one machine with a standby (S2)'),
    S3: t('现在是几个数据库(S3)', 'Now: several databases (S3)'),
  },
  enough: t('目前够用。', 'It is enough for now.'),
  notYet: t(
    '还没有测量值:程序每分钟看一次,第一个数字一分钟后出现。',
    'Nothing is measured yet: the program looks each minute, and the first figures come after one.',
  ),
  next: {
    S2: t(
      '下一步(S2):加一台由人切换的备用服务器,页面和报表改读只读副本。',
      'Next step (S2): a standby that a person promotes; pages and reports read from a replica.',
    ),
    S3: t(
      '下一步(S3):按停车场分到几个数据库,或者再建一个运营中心,分走一半停车场。',
      'Next step (S3): several databases by car park, or a second centre with half of the car parks.',
    ),
  },
  how: t(
    '怎么做:见文档 docs/operations.md 的 How large a centre may grow 一节。',
    'How: docs/operations.md, How large a centre may grow.',
  ),
  measured: t('数字更新于 {age}前', 'Figures from {age} ago'),
  head: {
    what: t('看什么', 'Figure'),
    value: t('现在', 'Now'),
    limit: t('上限', 'Limit'),
    state: t('状态', 'State'),
    since: t('从何时起', 'Since'),
    step: t('超过后', 'Leads to'),
    does: t('怎么办', 'What to do'),
  },
  names: {
    lots: t('停车场数量', 'Car parks'),
    calls: t('页面答复时间,95% 不超过', 'Answers of these pages, 95% within'),
    restore: t('从备份恢复所需时间', 'Time to restore from the backup'),
    processor: t('最忙一小时的处理器', 'Processor in the busiest hour'),
    disk: t('最忙一小时的磁盘', 'Disk in the busiest hour'),
    fold: t('一周内汇总落后 60 秒以上的小时数', 'Hours of the week with figures over 60 s behind'),
    hotMonths: t('在线月份的数据', 'Data of the months in use'),
  },
  of: {
    lots: t('在这里的全部停车场', 'all that are here'),
    calls: t('7 天内最慢的一小时', 'the slowest hour of 7 days'),
    restore: t('最近一次恢复,按现在的数据量折算', 'the last one, at the present size'),
    processor: t(
      '7 天内;运营中心和数据库合计,占整机',
      'of 7 days; centre and database together, of the whole machine',
    ),
    disk: t(
      '7 天内;磁盘忙的时间,含其他程序',
      'of 7 days; time in which the disk was busy, other programs too',
    ),
    fold: t('7 天内', 'of 7 days'),
    hotMonths: t('没有归档的月份', 'months that are not archived'),
  },
  does: {
    lots: t('建备用服务器', 'Set up a standby'),
    calls: t('页面改读只读副本', 'Let the pages read from a replica'),
    restore: t('建备用服务器,出事时由人切换', 'Set up a standby that a person promotes'),
    processor: t('先加处理器;再分库', 'More processors first; then divide'),
    disk: t('先换更快的磁盘;再分库', 'A faster disk first; then divide'),
    fold: t('先加处理器;再分库', 'More processors first; then divide'),
    hotMonths: t('归档旧月份;再分库', 'Archive old months; then divide'),
  },
  states: {
    unknown: t('没有测量', 'Not measured'),
    fits: t('够用', 'Enough'),
    near: t('接近上限', 'Near the limit'),
    over: t('超过上限', 'Over the limit'),
    taken: t('超过上限,已走这一步', 'Over; the step is taken'),
  },
  why: {
    calls: t('一小时至少要有 20 次访问', 'it takes 20 calls in an hour'),
    restore: t('没有试过恢复', 'no restore was tried'),
    processor: t(
      '数据库不在这台机器上,或测量还不到 10 分钟',
      'the database is on another machine, or was measured for less than 10 minutes',
    ),
    disk: t(
      '系统没有给出这块磁盘的数字,或测量还不到 10 分钟',
      'the system tells nothing of this disk, or it was measured for less than 10 minutes',
    ),
    other: t('还没有测量值', 'no figures yet'),
  },
  ms: t('{n} 秒', '{n} s'),
  longer: t('超过 30 秒', 'over 30 s'),
  minutes: t('{n} 分钟', '{n} min'),
  share: t('{n}%', '{n}%'),
  hours: t('{n} 小时', '{n} h'),
  latest: t('最近:{at}', 'latest: {at}'),
  worst: t('最差:{at}', 'worst: {at}'),
  tried: t('试于 {at}', 'tried {at}'),
  enter: t('填写恢复时间…', 'Enter a restore…'),
  enterTitle: t('从备份恢复用了多久', 'How long a restore took'),
  enterEffect: t(
    '从开始恢复到页面能打开的分钟数。以后按数据量折算。',
    'Minutes from the start of the restore until the pages opened. From then on it is scaled by the size of the data.',
  ),
  field: t('分钟', 'Minutes'),
  keep: t('保存', 'Keep'),
}
