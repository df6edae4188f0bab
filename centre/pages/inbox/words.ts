// Words of the page of what waits for a person.
import { t } from '../../../firmware-runtime/core/values/fault-text.ts'

export const words = {
  sum: t('{count} 件等您处理', '{count} wait for you'),
  emptyTitle: t('现在没有等您处理的事', 'Nothing waits for you now'),
  empty: t(
    '停车场出现两份不同的历史、读不懂的记录、偏得太远的时钟,或被吊销的密钥还在用时,会列在这里。',
    'Car parks with two different histories, rows that cannot be read, clocks that are far off, or revoked keys still in use are listed here.',
  ),
  kinds: {
    forked: {
      title: t('有两份不同的历史', 'Two different histories'),
      why: t(
        '停车场发来的记录和这里已有的对不上:它可能从旧副本恢复过,或者两台电脑用了同一个名字。它的记录停在第 {last} 行之后,停车场照常收费。',
        'The rows of this car park do not follow those that are here: it may have been restored from an old copy, or two computers use one name. Its feed stops after row {last}; the car park charges as always.',
      ),
      does: t('已处理,重新接收…', 'Dealt with: receive again…'),
      effect: t(
        '先在停车场一端处理:另一份历史换一个新的来源名。没有处理就重新接收,同一件事会再出现。',
        'Deal with it at the car park first: the other history gets a new node name. If it is not, the same matter comes up again.',
      ),
    },
    aside: {
      title: t('有一行记录读不懂', 'A row cannot be read'),
      why: t(
        '这个来源停在第 {seq} 行,后面的记录等着;停车场照常收费。',
        'This feed has stopped at row {seq}, and the rows after it wait; the car park charges as always.',
      ),
      does: t('让这一行通过…', 'Let this row pass…'),
      effect: t(
        '这一行只留下摘要,不计入任何数字;后面的记录继续接收。停车场仍有原文,摘要能证明它。',
        'Only the digest of this row is kept, and no figure counts it; the rows after it go on. The car park still has its text, and the digest proves it.',
      ),
    },
    oddClock: {
      title: t('时钟偏得太远', 'A clock is far off'),
      why: t(
        '第 {seq} 行写的时间是 {at},离收到的时间太远。记录已收下,差得太远的按前一条记录的日子计数;停车场的时钟要校准。',
        'Row {seq} has the time {at}, far from its receipt. Such rows are taken, and far ones count for the day of the row before; the clock of the car park has to be set.',
      ),
      does: t('知道了…', 'Seen…'),
      effect: t(
        '时钟还是偏的话,这件事会再出现。',
        'If the clock stays wrong, this matter comes up again.',
      ),
    },
    keyRevoked: {
      title: t('被吊销的密钥还在用', 'A revoked key is still used'),
      why: t(
        '有人用已吊销的密钥发送记录,全部拒绝了。如果是这个停车场自己,它要重新请求加入。',
        'Somebody sends rows with a revoked key; all are refused. If it is this car park itself, it has to ask to join again.',
      ),
      does: t('知道了…', 'Seen…'),
      effect: t(
        '密钥再被用时,这件事会再出现。',
        'If the key is used again, this matter comes up again.',
      ),
    },
    foldStopped: {
      title: t('有一行记录没法计入数字', 'A row cannot be counted'),
      why: t(
        '这个来源的数字停在第 {seq} 行之前;记录照常接收,停车场照常收费。',
        'The figures of this feed stop before row {seq}; its rows arrive as always, and the car park charges as always.',
      ),
      does: t('知道了…', 'Seen…'),
      effect: t(
        '程序每 10 分钟再试一次,还是不行的话,这件事会再出现;多半要更新运营中心的程序。',
        'The program tries again each 10 minutes, and if the row still cannot be counted this matter comes up again; most often the program of the centre has to be updated.',
      ),
    },
    other: {
      title: t('要人看一下', 'Needs a person'),
      why: t(
        '这个版本的页面还不认识这种事。',
        'This version of the pages does not know this kind.',
      ),
      does: t('知道了…', 'Seen…'),
      effect: t('从待办里去掉。', 'It is taken off this list.'),
    },
  },
  whys: {
    text: t('不是规定的写法', 'it is not written as the format says'),
    kind: t('没有种类', 'it has no kind'),
    atMs: t('没有时间', 'it has no time'),
    withheld: t('原文没有发来', 'its text was not sent'),
  },
  digest: t('摘要 {digest}', 'Digest {digest}'),
  since: t('{age}前', 'for {age}'),
  node: t('来源 {node}', 'node {node}'),
  confirm: t('{does} · {name}', '{does} · {name}'),
  do: t('确认', 'Confirm'),
  ended: t('最近结束的', 'Ended lately'),
  what: t('什么事', 'What'),
  lot: t('停车场', 'Car park'),
  from: t('从何时起', 'Since'),
  until: t('何时结束', 'Ended'),
}
