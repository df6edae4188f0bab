// Words of the start page: what to begin with.
// Only what works is offered.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const start = {
  start: {
    title: t('从哪里开始', 'Where to begin'),
    setup: t('开通一个停车场', 'Set up a car park'),
    setupWhy: t(
      '从车道图开始,随时可以停下再来',
      'From a drawing of its lanes; stop and come back at any time',
    ),
    device: t('连接一台设备', 'Connect a device'),
    deviceWhy: t(
      '不建停车场:查找、读取、调整、看报文',
      'No car park needed: find, read, adjust, watch its frames',
    ),
    open: t('打开已有停车场', 'Open a car park'),
    openWhy: t(
      '这台电脑上的 {n} 个在下面 · 从文件夹 (里面有 lot.json)',
      '{n} of this computer below · from a folder (the one with lot.json)',
    ),
    known: t('打开 {name}', 'Open {name}'),
    knownWhy: t('在 {dir}', 'In {dir}'),
    change: t('修改 {name}', 'Change {name}'),
    changeWhy: t(
      '同样的表单;写入前先看改动,可以撤回一步。车道停着时进行',
      'The same forms; changes are shown before they are written, one step goes back. While its lanes stand still',
    ),
    nearby: t('找网络上的停车场', 'Find car parks on the network'),
    nearbyWhy: t(
      '按下才问:用 mDNS 在每块网卡上听 {n} 秒',
      'Asks when pressed: listens by mDNS for {n} s on each network card',
    ),
    nearbyBusy: t('正在听,{n} 秒…', 'Listening, {n} s…'),
    nearbyNone: t(
      '{n} 秒里没有听到停车场 ({cards})。车道电脑只有指定了网卡 (run --announce) 才会自报。',
      'No car park was heard in {n} s ({cards}). A lane computer tells of itself only where a card was named (run --announce).',
    ),
    nearbyCount: t('网络上的 {n} 个 ({cards})', '{n} on the network ({cards})'),
    nearbyOpen: t(
      '到那台电脑上打开:车道只接受本机的操作,从这里不能打开。',
      'Open it on that computer: lanes take orders of their own machine alone, none from here.',
    ),
    restore: t('换了电脑:从副本恢复', 'New computer: restore a copy'),
    restoreWhy: t(
      '用恢复密钥和另一处的副本,接着原来的账本收费',
      'With the recovery key and the copies of the second place, go on with the same ledger',
    ),
    carry: t('代发待传记录', 'Send waiting records for a lane computer'),
    carryWhy: t(
      '车道电脑断网或坏了:在这台能上网的电脑上,用恢复密钥发给平台',
      'It has no network or is gone: from this computer, which has one, with the recovery key',
    ),
    demo: t('看演示', 'See the demo'),
    demoWhy: t(
      '模拟的一进一出,不接触任何真实设备',
      'A simulated entry and exit that touch no real device',
    ),
    noLot: t(
      '{dir} 里没有停车场:没有 lot.json,也没有账本。没有改动任何文件。',
      'No car park in {dir}: neither lot.json nor a ledger. No file was changed.',
    ),
    busy: t('正在打开…', 'Opening…'),
    back: t('‹ 返回', '‹ Back'),
    from: t('副本所在的文件夹', 'Folder with the copies'),
    fromWhy: t(
      '优盘、移动硬盘或共享文件夹,开通时选的那一处',
      'A stick, a disk or a shared folder: the place chosen at set-up',
    ),
    keyFile: t('恢复密钥:优盘上的文件', 'Recovery key: file on a stick'),
    keyText: t('或者纸上的文字', 'or its text on paper'),
    keyTextWhy: t(
      '可以用扫码枪扫纸上的二维码;分成两份的,两份都填',
      'A hand scanner may read the code on the sheet; of a key in two shares give both',
    ),
    bill: t('平台账单 (可以不填)', "The platform's bill (may be left out)"),
    billWhy: t('列出副本里没有的扣费', 'Lists the charges that the copy does not have'),
    head: t('旧硬盘上的 ledger.head (可以不填)', 'ledger.head of the old disk (may be left out)'),
    headWhy: t(
      '旧硬盘还能读时,数出副本里少了多少行',
      'Where that disk can still be read: counts the rows that the copy does not have',
    ),
    by: t('谁在恢复', 'Who restores it'),
    reason: t('换了电脑,从副本恢复', 'New computer, restored from a copy'),
    run: t('恢复', 'Restore'),
    missing: {
      carryFrom: t('请选待传记录所在的文件夹', 'Choose the folder with the waiting records'),
      from: t(
        '请选副本所在的文件夹,或者写全服务器、核对它的密钥并输入密码',
        'Choose the folder with the copies; or name the server, agree to its key and type its password',
      ),
      key: t('请给出恢复密钥', 'Give the recovery key'),
      by: t('请写姓名', 'Give a name'),
    },
    running: t(
      '正在解开副本,逐行核对账本… {seconds} 秒',
      'Opening the copy and checking the ledger row by row… {seconds} s',
    ),
    done: t(
      '已恢复:账本 {rows} 行,逐行核对过',
      'Restored: {rows} rows of the ledger, each one checked',
    ),
    lostAfter: t(
      '副本做于 {at}。此后记录的进出和收费不在里面。',
      'The copy was made at {at}. What was recorded after that is not in it.',
    ),
    lostRows: t('旧电脑比副本多 {n} 行。', 'Rows of the old computer that are missing: {n}.'),
    takeSound: t('用较早的完好副本恢复', 'Restore the earlier copy that is sound'),
    damaged: {
      gone: t('不见了', 'gone'),
      cut: t('被截断', 'cut short'),
      changed: t('内容被改过或坏了', 'altered or damaged'),
      torn: t('最后一行没有写完', 'its last line was not written to the end'),
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
      'The platform bill has {n} refunds of the old computer; they stand in the ledger now and are not given twice:',
    ),
    lostSome: t(
      '平台账单里有 {n} 笔扣费和账本对不上,共 {money},请逐笔核对:',
      "Charges of the platform's bill that do not agree with the ledger: {n}, {money} in all. Check each:",
    ),
    lostWhy: {
      absent: t('账本里没有', 'not in the ledger'),
      open: t('账本里没有结果', 'without an outcome in the ledger'),
      amount: t('金额不同', 'another amount'),
    },
    photos: t(
      '那里有照片 {n} 张。车道运行时在后台取回,进度看副本页。',
      'Photos there: {n}. They come back while the lanes run; the page of copies shows how far.',
    ),
    photosNone: t('那里没有完好的照片。', 'No sound photo is there.'),
    photosNewest: t('最新一张拍于 {at}。', 'The newest was taken at {at}.'),
    photosLost: t(
      '账本里提到、却没来得及复制的照片:{n} 张,已经没有了。',
      'Photos that the ledger names and that were never copied: {n}. They are gone.',
    ),
    photosMore: t('坏了的照片一共 {n} 张。', 'Damaged photos in all: {n}.'),
    photosUnknown: t(
      '没能看到那里有多少照片;车道运行时会再去找。',
      'What photos are there could not be seen. They are looked for again while the lanes run.',
    ),
    inside: t(
      '先到“清点场内车辆”核对场内的车,再放行。',
      'Recount the cars inside before you let cars out.',
    ),
    carryHow: t(
      '逐条发给平台,按平台的应答记下结果。发几次都只算一次,不会重复扣费。',
      'Each record is sent to the platform, and its answer is written down. However often it is sent, it counts once and nothing is charged twice.',
    ),
    carryFrom: t('待传记录所在的文件夹', 'Folder with the waiting records'),
    carryFromWhy: t(
      '从车道电脑导出到优盘的文件夹;或者坏了的那台电脑的停车场文件夹 (里面有 lot.json)',
      'Of a stick, exported at the lane computer; or the folder of the car park (the one with lot.json) of a computer that is gone',
    ),
    carryRun: t('发给平台', 'Send to the platform'),
    carryAgain: t('再发没有结果的', 'Send again what is open'),
    carryStop: t('停止 (Esc)', 'Stop (Esc)'),
    carryOpening: t('正在打开和核对记录…', 'Opening and checking the records…'),
    carrying: t('已处理 {done} 条,共 {records} 条', '{done} of {records} records done'),
    carriedAll: t('{n} 条记录都有了平台的应答', 'The platform answered every record: {n}'),
    carriedSome: t(
      '{n} 条有了平台的应答,{open} 条还没有结果。没有发完,可以再发。',
      'Answered: {n}; still open: {open}. It was not sent to the end and can be sent again.',
    ),
    carriedRefused: t(
      '平台没有收下的记录:{n} 条,要由人处理:',
      'Records that the platform did not take: {n}. A person has to look at each:',
    ),
    carriedBack: t(
      '应答和记录在同一个文件夹里。把它带回车道电脑,在“待上传”页导入回执;车道电脑坏了的,恢复后会自己向平台查到结果。',
      'The answers lie beside the records. Take the folder back to the lane computer and use "Take answers back" on its page To upload; where that computer is gone, the restored car park asks the platform by itself.',
    ),
    carriedNone: t(
      '没有待传记录,平台那边已经齐了',
      'Nothing was waiting: the platform has every record',
    ),
    openIt: t('打开停车场', 'Open the car park'),
    why: t(
      '还没有运行任何程序,也没有写入任何文件。菜单里随时可以回到这一页。',
      'Nothing runs yet and no file was written. The menu leads back to this page at any time.',
    ),
  },
}
