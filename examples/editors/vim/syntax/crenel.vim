if exists('b:current_syntax')
  finish
endif
syntax keyword crenelFlow allow deny never only always require fails
syntax keyword crenelDeclaration import pattern stack handbook environment policy rule test waive service addresses label
syntax keyword crenelDeclaration let use network subnet site group balancer appliance function store queue topic table
syntax keyword crenelDeclaration vault database endpoint link peer agent guard existing verbatim override
syntax keyword crenelWord in on to by as via because when where if then else and or not every exists under for within
syntax keyword crenelWord overlaps except forward check private
syntax keyword crenelConstant true false none internet any inside outside nat platform packets env public isolated
syntax match crenelNumber /\<\d\+\(\.\d\+\.\d\+\.\d\+\)\?\(\/\d\+\)\?[smhd%]\?/
syntax match crenelService /\<\(tcp\|udp\|sctp\|icmp\)\/\d\+\(\.\.\d\+\)\?/
syntax region crenelText start=/"/ skip=/\\./ end=/"/ oneline
syntax match crenelComment /\/\/.*$/
syntax match crenelDoc /\/\/\/.*$/
highlight default link crenelFlow Statement
highlight default link crenelDeclaration Type
highlight default link crenelWord Keyword
highlight default link crenelConstant Constant
highlight default link crenelNumber Number
highlight default link crenelService Number
highlight default link crenelText String
highlight default link crenelComment Comment
highlight default link crenelDoc SpecialComment
let b:current_syntax = 'crenel'
