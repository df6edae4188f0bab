// Every style sheet of the window in order: tokens, the used parts of Element Plus, then our own.
// Imported by shell/main.ts alone, so that component tests need no style sheet.
import './tokens.css'
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-drawer.css'
import 'element-plus/theme-chalk/el-switch.css'
import './element.css'
import './base.css'
import './layout.css'
import './heat.css'
