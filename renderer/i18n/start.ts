// Words of the start page: what to begin with.
// Only what works is offered.
import { t } from '#base/pure/words/fault-text.ts'

export const start = {
  title: t('从哪里开始', 'Where to begin'),
  setup: t('开通一个停车场', 'Set up a car park'),
  setupWhy: t(
    '从车道图开始,随时可以停下再来',
    'Start from a drawing of the lanes; stop and come back at any time',
  ),
  device: t('连接一台设备', 'Connect a device'),
  deviceWhy: t(
    '不建停车场:查找、读取、调整、看报文',
    'No car park needed: find, read and adjust a device, watch its frames',
  ),
  open: t('打开已有停车场', 'Open a car park'),
  openWhy: t(
    '这台电脑上的 {n} 个在下面 · 从停车场的文件夹',
    '{n} on this computer, listed below · or from the folder of a car park',
  ),
  known: t('打开 {name}', 'Open {name}'),
  knownWhy: t('在 {dir}', 'In {dir}'),
  change: t('修改 {name}', 'Change {name}'),
  changeWhy: t(
    '同样的表单;写入前先看改动,可以撤回一步。车道停着时进行',
    'The same forms; you see changes before they are written and can undo one step. The lanes must be stopped',
  ),
  nearby: t('找网络上的停车场', 'Find car parks on the network'),
  nearbyWhy: t(
    '找 {n} 秒同一网络里的车道电脑',
    'Looks {n} s for lane computers on the same network',
  ),
  nearbyBusy: t('正在听,{n} 秒…', 'Listening, {n} s…'),
  nearbyNone: t(
    '{n} 秒里没有听到停车场 ({cards})。车道电脑只有指定了网卡才会自报。',
    'No car park answered in {n} s ({cards}). A lane computer announces itself only if a network card was named.',
  ),
  nearbyCount: t('网络上的 {n} 个 ({cards})', '{n} on the network ({cards})'),
  nearbyOpen: t(
    '到那台电脑上打开:车道只接受本机的操作,从这里不能打开。',
    'Open it on that computer: lanes accept commands only from their own computer, not from here.',
  ),
  restore: t('换了电脑:从副本恢复', 'New computer: restore a copy'),
  restoreWhy: t(
    '用恢复密钥和另一处的副本,接着原来的账本收费',
    'Use the recovery key and the copies kept elsewhere to continue the same ledger',
  ),
  carry: t('替断网的车道电脑上传', 'Upload for a lane computer without a network'),
  carryWhy: t(
    '车道电脑断网或坏了:在这台能上网的电脑上,用恢复密钥发给平台',
    'It is offline or broken: send from this computer, which is online, with the recovery key',
  ),
  demo: t('看演示', 'See the demo'),
  demoWhy: t(
    '模拟的一进一出,不接触任何真实设备',
    'A simulated entry and exit; no real device is touched',
  ),
  street: t('看路侧停车的演示', 'See the demo of a street'),
  streetWhy: t(
    '24 个泊位,模拟的相机、检测器、巡检车、手持机和门架;不接触任何真实设备',
    '24 spaces with simulated cameras, sensors, patrol car, handheld and gantry; no real device is touched',
  ),
  centre: t('运营中心演示', 'Demo of a centre'),
  centreWhy: t(
    '十个模拟停车场的运营中心,在浏览器里打开',
    'The centre of ten simulated car parks, opened in the browser',
  ),
  centreBusy: t('正在启动运营中心…', 'The centre is starting…'),
  centreOpened: t('运营中心在浏览器里打开:{desk}', 'The centre is open in the browser: {desk}'),
  centreSignIn: t('姓名 {name},一次性密码 {password}', 'Name {name}, one-time password {password}'),
  noLot: t(
    '{dir} 里没有停车场,也没有账本。没有改动任何文件。',
    '{dir} has no car park and no ledger. No file was changed.',
  ),
  busy: t('正在打开…', 'Opening…'),
  back: t('‹ 返回', '‹ Back'),
  from: t('副本所在的文件夹', 'Folder with the copies'),
  fromWhy: t(
    '优盘、移动硬盘或共享文件夹,开通时选的那一处',
    'A USB stick, a disk or a shared folder: the place chosen at set-up',
  ),
  keyFile: t('恢复密钥:优盘上的文件', 'Recovery key: file on a stick'),
  keyText: t('或者纸上的文字', 'or the text on the paper'),
  keyTextWhy: t(
    '可以用扫码枪扫纸上的二维码;分成两份的,两份都填',
    'You can scan the QR code on the paper; for a key in two shares, enter both',
  ),
  bill: t('平台账单 (可以不填)', "The platform's bill (optional)"),
  billWhy: t('列出副本里没有的扣费', 'Lists the charges that are missing from the copy'),
  head: t('旧硬盘上的 ledger.head (可以不填)', 'ledger.head of the old disk (optional)'),
  headWhy: t(
    '旧硬盘还能读时,数出副本里少了多少行',
    'If that disk can still be read, this counts the rows missing from the copy',
  ),
  by: t('谁在恢复', 'Restored by'),
  reason: t('换了电脑,从副本恢复', 'New computer, restored from a copy'),
  run: t('恢复', 'Restore'),
  missing: {
    carryFrom: t('请选待传记录所在的文件夹', 'Choose the folder with the waiting records'),
    from: t(
      '请选副本所在的文件夹,或者写全服务器、核对它的密钥并输入密码',
      'Choose the folder with the copies; or enter the server, confirm its key and type the password',
    ),
    key: t('请给出恢复密钥', 'Enter the recovery key'),
    by: t('请写姓名', 'Enter a name'),
  },
  running: t(
    '正在解开副本,逐行核对账本… {seconds} 秒',
    'Opening the copy and checking the ledger row by row… {seconds} s',
  ),
  done: t('已恢复:账本 {rows} 行,逐行核对过', 'Restored: {rows} ledger rows, each one checked'),
  lostAfter: t(
    '副本做于 {at}。此后记录的进出和收费不在里面。',
    'The copy was made at {at}. Entries, exits and payments recorded later are not in it.',
  ),
  lostRows: t('旧电脑比副本多 {n} 行。', 'Rows on the old computer that the copy lacks: {n}.'),
  takeSound: t('用较早的完好副本恢复', 'Restore the earlier sound copy'),
  damaged: {
    gone: t('不见了', 'gone'),
    cut: t('被截断', 'cut short'),
    changed: t('内容被改过或坏了', 'altered or damaged'),
    torn: t('最后一行没有写完', 'the last line is incomplete'),
  },
  left: t(
    '第 {n} 份副本({at},到第 {rows} 行)打不开,没有用上。',
    'Copy {n} ({at}, to row {rows}) cannot be opened and was not used.',
  ),
  lostNone: t(
    '平台账单里的扣费,账本里都有。',
    "The ledger has every charge of the platform's bill.",
  ),
  refundsTaken: t(
    '平台账单里有 {n} 笔退款是旧电脑上做的,已补进账本,不会再退一次:',
    'The platform bill has {n} refunds made on the old computer. They are now in the ledger and will not be paid again:',
  ),
  lostSome: t(
    '平台账单里有 {n} 笔扣费和账本对不上,共 {money},请逐笔核对:',
    "Charges on the platform's bill that do not match the ledger: {n}, {money} in total. Check each one:",
  ),
  lostWhy: {
    absent: t('账本里没有', 'not in the ledger'),
    open: t('账本里没有结果', 'no result in the ledger'),
    amount: t('金额不同', 'different amount'),
  },
  photos: t(
    '那里有照片 {n} 张。车道运行时在后台取回,进度看副本页。',
    'Photos there: {n}. They are retrieved while the lanes run; the copies page shows the progress.',
  ),
  photosNone: t('那里没有完好的照片。', 'There are no undamaged photos there.'),
  photosNewest: t('最新一张拍于 {at}。', 'The newest was taken at {at}.'),
  photosLost: t(
    '账本里提到、却没来得及复制的照片:{n} 张,已经没有了。',
    'Photos named in the ledger but never copied: {n}. They are lost.',
  ),
  photosMore: t('坏了的照片一共 {n} 张。', 'Damaged photos in total: {n}.'),
  photosUnknown: t(
    '没能看到那里有多少照片;车道运行时会再去找。',
    'It was not possible to see how many photos are there. The lanes will look again while they run.',
  ),
  inside: t(
    '先到“清点场内车辆”核对场内的车,再放行。',
    'Recount the cars inside before you let cars out.',
  ),
  pushesMoved: t(
    '相机推送到原来那台电脑的地址 {was}。给这台电脑加上这个地址,或在每台相机里改成这台电脑的地址。',
    'The cameras push to {was}, an address of the former computer. Add it to this computer, or set the address of this computer in each camera.',
  ),
  takesOver: t(
    '打开后车道归这台电脑;原来那台再开机,看到副本处的记号就不再开车道。两台都连不上副本处时认不出来,先拔掉原来那台接设备的线。',
    'Once opened, this computer has the lanes; the former one, switched on again, sees the mark beside the copies and opens none. Without a way to the copies it cannot see that: unplug its lines to the devices first.',
  ),
  carryHow: t(
    '逐条发给平台,按平台的应答记下结果。发几次都只算一次,不会重复扣费。',
    'Each record is sent to the platform and the answer is saved. A record counts once, however often it is sent; nothing is charged twice.',
  ),
  carryFrom: t('待传记录所在的文件夹', 'Folder with the waiting records'),
  carryFromWhy: t(
    '从车道电脑导出到优盘的文件夹;或者坏了的那台电脑的停车场文件夹',
    'The folder exported from the lane computer to a USB stick, or the car park folder of the broken computer',
  ),
  carryRun: t('发给平台', 'Send to the platform'),
  carryAgain: t('再发没有结果的', 'Send the open ones again'),
  carryStop: t('停止 (Esc)', 'Stop (Esc)'),
  carryOpening: t('正在打开和核对记录…', 'Opening and checking the records…'),
  carrying: t('已处理 {done} 条,共 {records} 条', '{done} of {records} records done'),
  carriedAll: t('{n} 条记录都有了平台的应答', 'The platform answered every record: {n}'),
  carriedSome: t(
    '{n} 条有了平台的应答,{open} 条还没有结果。没有发完,可以再发。',
    'Answered: {n}; no result yet: {open}. Not everything was sent; you can send again.',
  ),
  carriedRefused: t(
    '平台没有收下的记录:{n} 条,要由人处理:',
    'Records that the platform did not accept: {n}. A person must deal with each:',
  ),
  carriedBack: t(
    '应答和记录在同一个文件夹里。把它带回车道电脑,在“待上传”页导入回执;车道电脑坏了的,恢复后会自己向平台查到结果。',
    'The answers are in the same folder as the records. Take it back to the lane computer and use "Import answers" on the page "To upload". If that computer is broken, the restored car park asks the platform itself.',
  ),
  carriedNone: t(
    '没有待传记录,平台那边已经齐了',
    'Nothing was waiting: the platform has every record',
  ),
  centreRows: t(
    '运营中心 {url} 可能有副本之后的记录。开车道之前先取回来。',
    'The centre {url} may have rows from after the copy. Get them back before the lanes open.',
  ),
  centreFetch: t('从运营中心取回记录', 'Get the rows back from the centre'),
  centreFetching: t('正在取回和核对…', 'Fetching and checking…'),
  centreDigits: t(
    '请运营中心的人比对这六位数字并接受,之后自动继续:',
    'Ask a person at the centre to compare these six digits and to accept; it then goes on by itself:',
  ),
  centreFetched: t('取回 {n} 条记录,都有证明', 'Rows that are back, each proven: {n}'),
  centreLeave: t('不再取回其余的记录，就这样继续', 'Go on without the other rows'),
  centreLeaveWhy: t(
    '取不回的原因。之后运营中心不再收本机的记录,直到换一个本机编号',
    'Why they cannot come back. The centre then takes no rows of this computer until it gets a new computer number',
  ),
  centreLeft: t(
    '没有取回其余的记录就继续;已取回 {n} 条',
    'Going on without the other rows; rows that are back: {n}',
  ),
  openIt: t('打开停车场', 'Open the car park'),
  why: t(
    '没有打开任何停车场,也没有写入任何停车场的文件。菜单里随时可以回到这一页。',
    'No car park is open and no file of one was written. You can return to this page from the menu at any time.',
  ),
}
