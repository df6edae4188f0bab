// Words of the copies of a lot: where they go, how old they are, and the recovery key on its sheet.
// What failed has its words in the fault table.
import { t } from '#base/pure/words/fault-text.ts'

export const copies = {
  to: t('副本放到', 'Copies go to'),
  noPlace: t(
    '没有选第二处:电脑坏了,账本就没有了。请选一个文件夹或服务器',
    'No second place is chosen: if this computer fails, the ledger is lost. Choose a folder or a server',
  ),
  hostKey: t('服务器的主机密钥', 'Host key of the server'),
  place: {
    set: t('选副本放到哪里', 'Choose where copies go'),
    other: t('换一个地方放副本', 'Choose another place'),
    save: t('试写一个文件,然后换成这里', 'Write a test file, then use it'),
    label: t('副本的文件夹', 'Folder for copies'),
    why: t(
      '另一块硬盘、优盘或网络盘上已有的文件夹',
      'An existing folder on another disk, a USB stick or a network drive',
    ),
    folder: t(
      '这台电脑上的文件夹、优盘或网络盘',
      'Folder on this computer, a stick or a network drive',
    ),
    server: t('服务器 (SFTP)', 'Server (SFTP)'),
    host: t('服务器地址', 'Server address'),
    hostWhy: t(
      '名称或 IP,问管服务器的人;常见的网络存储也能开 SFTP',
      'Name or IP; ask the server administrator. Most network storage also offers SFTP',
    ),
    port: t('端口', 'Port'),
    user: t('用户名', 'User'),
    path: t('服务器上的文件夹', 'Folder on the server'),
    pathWhy: t(
      '已有的文件夹。/ 开头是完整路径,/~/ 开头是这个用户自己的目录下面',
      'An existing folder. / begins a full path; /~/ begins in the home folder of this user',
    ),
    look: t('看服务器的主机密钥', 'Show the host key of the server'),
    looking: t('正在连接…', 'Connecting…'),
    agreed: t(
      '这就是我们的服务器,以后只认这个主机密钥',
      'This is our server: accept only this host key from now on',
    ),
    agreedWhy: t(
      '和管服务器的人那里看到的逐字核对。确认以前,不告诉服务器用户名和密码。',
      'Compare it, character by character, with what the server administrator sees. Until you confirm, no user name or password is sent.',
    ),
    password: t('密码', 'Password'),
    passwordWhy: t(
      '封存在这台电脑里,不再显示;恢复密钥能把它带到新电脑',
      'Sealed on this computer and not shown again; the recovery key can move it to a new computer',
    ),
    passwordKept: t('已经封存;不改就留空', 'Already sealed; leave this empty to keep it'),
    try: t('试写一个文件', 'Write a test file'),
    trying: t('正在试写…', 'Writing…'),
    tried: t('写入一个文件又删掉了:可以用', 'A test file was written and deleted: the place works'),
    room: t('还有 {room}', '{room} left'),
  },
  last: t('最近的副本', 'Last copy'),
  tested: t('最近的恢复试验', 'Last restore test'),
  key: t('恢复密钥', 'Recovery key'),
  noKey: t('还没有恢复密钥,做好以后才有副本', 'No recovery key yet; copies begin once it is made'),
  notYet: t('这次启动后还没做', 'not since this start'),
  ago: t('{age}前', '{age} ago'),
  old: t('旧的:{age}前', 'old: {age} ago'),
  rows: t('账本 {n} 行', '{n} ledger rows'),
  looked: {
    at: t('{at} 测试', 'tested {at}'),
    copies: t(
      '打开并核对了 {n} 份,最新的一份就由它们拼成',
      '{n} copies opened and checked; the newest is put together from them',
    ),
    all: t('没有别的副本', 'no other copies'),
    older: t('另有 {n} 份没有打开', '{n} others not opened'),
    photos: t('照片打开了 {n} 张', '{n} photos opened'),
    noPhotos: t('照片没有查', 'photos were not checked'),
  },
  photos: {
    title: t('那里的照片', 'Photos there'),
    notYet: t('这次启动后还没看', 'not checked since this start'),
    there: t('{n} 张,{size}', '{n} photos, {size}'),
    newest: t('最新一张拍于{age}前', 'the newest was taken {age} ago'),
    counting: t('还在数,实际更多', 'still counting, there are more'),
    left: t(
      '这台电脑里还有 {n} 张没送到;先送账本,再送照片',
      '{n} on this computer are not copied yet; the ledger goes first, then photos',
    ),
    damaged: t('{n} 张照片的副本坏了', '{n} photo copies are damaged'),
    back: t('以前的照片', 'Earlier photos'),
    coming: t(
      '取回了 {n} 张,共 {all} 张;车道照常运行',
      '{n} of {all} retrieved; the lanes keep running',
    ),
    came: t('取回了 {n} 张,共 {all} 张', '{n} of {all} retrieved'),
    notBack: t('{n} 张在那里已经坏了,取不回来', '{n} are damaged there and cannot be retrieved'),
    leave: t('以前的照片不再取回', 'Stop retrieving old photos'),
    leaveWhy: t(
      '已经取回的留着;没取回的还在放副本的地方,以后不再去取。',
      'Photos already retrieved are kept. The others stay with the copies and will not be retrieved later.',
    ),
  },
  running: t('正在做…', 'Working…'),
  do: {
    now: t('现在复制', 'Copy now'),
    begin: t('从头做一份完整的,旧的留着', 'Make a new full copy, keep the old'),
    test: t('试一次恢复', 'Test a restore'),
  },
  did: {
    now: t('副本已经放好', 'The copy is stored'),
    begin: t('完整的副本已经放好', 'The full copy is stored'),
    test: t('副本恢复成功', 'The copy was restored'),
  },
  toDo: {
    title: t('还差', 'Still to do'),
    of: {
      copyKey: t('恢复密钥', 'Recovery key'),
      service: t('开机自动运行', 'Start at power-on'),
      secondPlace: t('副本的第二处', 'Second place for copies'),
    },
    install: t('装成服务', 'Install the service'),
  },
  makeKey: t('做恢复密钥', 'Make the recovery key'),
  newKey: t('换一把恢复密钥', 'Replace the recovery key'),
  makeIt: t('做出来', 'Make it'),
  once: t(
    '密钥只显示这一次。打印出来并存到优盘,锁好,不要放在车道电脑里。',
    'The key is shown only once. Print it and save it to a USB stick, lock both away, and keep neither in the lane computer.',
  ),
  replaces: t(
    '换了以后,新的副本用新密钥;旧的副本仍用旧密钥打开',
    'New copies use the new key; old copies still open with the old key',
  ),
  split: t(
    '分成两份,由两个人保管,两份都要才能打开',
    'Split into two shares for two people; both are needed',
  ),
  sheet: t('停车场恢复密钥', 'Recovery key of the car park'),
  share: t('两份中的第 {n} 份', 'share {n} of 2'),
  sheetWhy: t(
    '电脑坏了,凭它在任何一台电脑上打开账本和密钥。锁好,不要拍照。',
    'If the computer fails, it opens the ledger and the keys on any computer. Lock it away; do not photograph it.',
  ),
  print: t('打印(可以存成 PDF)', 'Print (also as PDF)'),
  stick: t('存成文件(放到优盘)', 'Save as a file (for a stick)'),
  kept: t('已经打印或存好,知道它在哪里', 'Printed or saved; I know where it is'),
  put: t('收好了,不再显示', 'Put away; hide it now'),
  why: t(
    '每 15 分钟送出一次加密的账本副本,照片跟在后面;每天夜里恢复一次做试验。时间按停车场的时钟。',
    'An encrypted copy of the ledger is sent every 15 minutes, followed by photos. Each night a copy is restored as a test. Times follow the car park clock.',
  ),
}
