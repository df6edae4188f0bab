// Words of the page of what waits for a person.
import { matterKinds } from '#base/pure/values/centre-matters.ts'
import { t } from '#base/pure/words/fault-text.ts'

export const words = {
  sum: t('{count} 件等您处理', '{count} wait for you'),
  emptyTitle: t('现在没有等您处理的事', 'Nothing waits for you now'),
  empty: t(
    '停车场没有消息、设备没有应答、有车在等人,或发来的记录有问题时,会列在这里。',
    'Car parks of which nothing is heard, devices that do not answer, cars that wait for a person, and feeds with a problem are listed here.',
  ),
  take: t('认领', 'Take'),
  quiet: t('静音…', 'Quiet…'),
  release: t('放回', 'Release'),
  takenBy: t('{name} {when} 认领,不再通知', 'taken by {name} at {when}, not told further'),
  quietUntil: t('静音到 {when}', 'quiet until {when}'),
  told: {
    mail: t('{when} 已发邮件', 'told by mail at {when}'),
    webhook: t('{when} 已发网络回调', 'told by webhook at {when}'),
  },
  failing: {
    mail: t('邮件没有发出去,会再试', 'the mail was not taken, and is tried again'),
    webhook: t('网络回调没有成功,会再试', 'the webhook was not taken, and is tried again'),
  },
  itself: t('原因没有了,它自己结束', 'Ends by itself with its cause'),
  quietDoes: t('静音', 'Make quiet'),
  quietFor: t('多久', 'For how long'),
  quietEffect: t(
    '这段时间里不响、不通知;到时还没有结束,就再响、再通知。',
    'It makes no sound and is not told meanwhile; if it has not ended by then, it is told again.',
  ),
  minutes: t('{count} 分钟', '{count} minutes'),
  hours: t('{count} 小时', '{count} hours'),
  days: t('{count} 天', '{count} days'),
  kinds: {
    silent: {
      title: matterKinds.silent.title,
      why: t(
        '从 {since} 起没有收到它的心跳和记录:可能断网、断电,或那边的程序停了。停车场照常收费,记录留在那边。',
        'Neither heartbeat nor rows since {since}: its network or power may be off, or its program has ended. The car park charges as always and keeps its rows.',
      ),
    },
    deviceDown: {
      title: matterKinds.deviceDown.title,
      why: t(
        '这条车道少了它:车要么停下等人,要么走其他支付方式。',
        'Without it cars of this lane wait for a person or pay by other means.',
      ),
    },
    carWaits: {
      title: matterKinds.carWaits.title,
      why: t(
        '车停在杆前,后面的车也走不了。给停车场的人打电话,或在那边放行。',
        'It stands before the boom, and so do the cars behind it. Call the people of the car park, who can let it go.',
      ),
    },
    boomLeftUp: {
      title: matterKinds.boomLeftUp.title,
      why: t('杆抬着,车可以不交费就出去。', 'While the boom is up, cars leave without paying.'),
    },
    clockDoubt: {
      title: matterKinds.clockDoubt.title,
      why: t(
        '时间说不准,出场的车不自动计费,都要人来收。',
        'Cars at the exit are not priced by a clock in doubt; a person takes the money.',
      ),
    },
    diskLow: {
      title: matterKinds.diskLow.title,
      why: t(
        '磁盘满了,那边就记不下新的记录,车道会停。',
        'When the disk is full nothing more can be recorded there, and its lanes stop.',
      ),
    },
    lotMatter: {
      title: matterKinds.lotMatter.title,
      why: t(
        '停车场自己的待办里有一件急事,还没有人处理。',
        'An urgent matter in the inbox of the car park, with which nobody has dealt yet.',
      ),
    },
    recordsWait: {
      title: matterKinds.recordsWait.title,
      why: t(
        '有记录被平台退回,或等了一天以上还没有传上去;对应的钱可能结不了算。',
        'Records were refused by a platform, or have waited for more than a day; their money may not be settled.',
      ),
    },
    certificateEnds: {
      title: matterKinds.certificateEnds.title,
      why: t(
        '证书过期后,对方不再接收它的记录。提前换新的。',
        'After its end the other side takes no more records of it. Have it renewed before.',
      ),
    },
    forked: {
      title: matterKinds.forked.title,
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
      title: matterKinds.aside.title,
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
      title: matterKinds.oddClock.title,
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
      title: matterKinds.keyRevoked.title,
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
      title: matterKinds.foldStopped.title,
      why: t(
        '这个来源的数字停在第 {seq} 行之前;记录照常接收,停车场照常收费。先看能不能更新运营中心的程序:程序每 10 分钟再试一次。',
        'The figures of this feed stop before row {seq}; its rows arrive as always, and the car park charges as always. See first whether the program of the centre can be updated: it tries again each 10 minutes.',
      ),
      does: t('搁置这一行…', 'Set this row aside…'),
      effect: t(
        '这一行不计入任何数字,后面的记录继续计入。原文和签名都留着;它涉及的每个合计旁边都会写明搁置了哪一行、谁搁置的、为什么。',
        'This row is in no figure, and the rows after it are counted. Its text and signature stay; beside each sum that it touches stands which row was set aside, by whom and why.',
      ),
    },
    foldBroken: {
      title: matterKinds.foldStopped.title,
      why: t(
        '这个来源的数字停在第 {seq} 行之前:那一批记录不见了或坏了。停车场照常收费。',
        'The figures of this feed stop before row {seq}: its batch is missing or damaged. The car park charges as always.',
      ),
      does: t('知道了…', 'Seen…'),
      effect: t(
        '从备份恢复数据库后,停车场会自己补发缺的记录;没有恢复的话,这件事会再出现。',
        'Restore the database from its backup, and the car park sends what is missing by itself; otherwise this matter comes up again.',
      ),
    },
    oddMoney: {
      title: matterKinds.oddMoney.title,
      why: t(
        '这个停车场的时钟错过。日期早于停车场开始的:{past};日期在将来的:{future}。钱一分不少,但记在别的日子里,真正那天的合计看不到它。先校准停车场的时钟,再按收费页里的记录对账。',
        'The clock of this car park was wrong. Dated before the car park began: {past}; dated in the future: {future}. No money is missing, but it counts for other days, and the sums of its real days lack it. Set the clock of the car park first, then reconcile by the rows on the page of money.',
      ),
      does: t('知道了…', 'Seen…'),
      effect: t(
        '再有这样的钱,这件事会再出现。合计旁边的那一行字留着。',
        'If there is more of it, this matter comes up again. The line beside the sums stays.',
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
    amountFen: t('金额不可能', 'its amount is impossible'),
    means: t('没有付款方式', 'it has no means of payment'),
    batch: t('这一批记录不见了或坏了', 'its batch is missing or damaged'),
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
  person: t('谁认领', 'Taken by'),
}
