// The grammar of Crenel. Written for ANTLR 4.7 with the C++ target and SLL prediction.
//
// Three decisions run through the file:
//
// 1. What no keyword can settle is parsed loosely and judged afterwards. A body admits every kind of body item, a kind
//    or a severity is any name: then a mistake is reported as "a subnet stands only in a network" or "did you mean
//    `private`?", and not as a parser's surprise.
// 2. Keywords are names as well, except for the few in `reserved`. A reserved word is one that begins a statement or a
//    clause; that is what lets error recovery find the next statement.
// 3. Nothing is ambiguous. Every decision is settled by looking at what follows, on full LL as on SLL; a test holds
//    the grammar to it. Expressions are stratified for the same reason: no prefix operator competes with an infix one.
grammar Crenel;

// ---- entry points --------------------------------------------------------------------------------------------------
file           : item* EOF ;
loneExpression : expr EOF ;
question       : endpoints '->' endpoints (':' actions)? EOF ;   // `crenel reach`

// ---- the items of a file -------------------------------------------------------------------------------------------
item
  : importDecl | serviceDecl | addressesDecl | labelDecl | letDecl | siteDecl | agentDecl | environmentDecl
  | policyDecl | patternDecl | stackDecl | testDecl | handbookDecl | waiver
  ;

importDecl    : 'import' modulePath '{' name (',' name)* ','? '}' ;
modulePath    : STRING | name ('/' name)+ ;
serviceDecl   : 'service' name '=' actions ;
addressesDecl : 'addresses' name '=' expr ;
labelDecl     : 'label' name (',' name)* ;
letDecl       : 'let' name '=' expr ;

patternDecl : 'pattern' name '(' (param (',' param)* ','?)? ')' ('for' name (',' name)*)? block ;
param       : name ':' type ('=' expr)? ;
type
  : 'one' 'of' '{' name (',' name)* ','? '}'
  | 'list' 'of' type
  | name ('(' expr ')')? ('within' primary)?
  ;

environmentDecl : 'environment' name body ;
stackDecl       : 'stack' name 'on' name 'in' path (',' path)* block ;
handbookDecl    : 'handbook' STRING body ;

// ---- statements of a pattern or a stack ----------------------------------------------------------------------------
block     : '{' blockItem* '}' ;
blockItem : statement | property | underItem ;       // the last two in a stack
statement
  : 'private'? structure clause*
  | useStmt clause*
  | requireStmt clause*
  | flow | claim | waiver | letDecl | verbatim
  ;
clause : because | when ;                            // how often each may stand is judged afterwards
because : 'because' STRING ;
when    : 'when' expr ;

structure
  : networkDecl | siteDecl | groupDecl | balancerDecl | applianceDecl | functionDecl | dataDecl | databaseDecl
  | endpointDecl | linkDecl | peerDecl | agentDecl | guardDecl | existingDecl
  ;
networkDecl   : 'network' name body ;
siteDecl      : 'site' name body ;
groupDecl     : 'group' name 'in' path body ;
balancerDecl  : 'balancer' name 'in' path body ;
applianceDecl : 'appliance' name 'in' path body ;
functionDecl  : 'function' name ('in' path)? body ;
dataDecl      : ('store' | 'queue' | 'topic' | 'table' | 'vault') name body? ;
databaseDecl  : 'database' name 'in' path body ;
endpointDecl  : 'endpoint' name 'in' path 'for' path (',' path)* ;
linkDecl      : 'link' path 'to' path 'by' name body? ;
peerDecl      : 'peer' path 'with' path body? ;
agentDecl     : 'agent' name body ;
guardDecl     : 'guard' name body ;
existingDecl  : 'existing' name name '=' expr body? ;

verbatim : 'verbatim' name STRING '=' expr ;
useStmt  : 'use' path arguments 'as' name ;

// ---- bodies --------------------------------------------------------------------------------------------------------
body     : '{' bodyItem* '}' ;
bodyItem : property | providerBlock | subnetDecl | forward | trigger | overrideDecl | underItem ;

property      : name '=' expr by? ;
by            : 'by' name '(' expr ')' ;             // scale = 2..6 by cpu(70%)
providerBlock : 'on' name body ;
overrideDecl  : 'override' STRING '{' (STRING '=' expr)* '}' ;
subnetDecl    : 'subnet' name ':' name body? when? ;
forward       : 'forward' action 'to' path ':' action ('check' expr)? ;
trigger       : 'on' name '(' path ')' ;
underItem     : 'under' path (',' path)* ;

// ---- flows and claims ----------------------------------------------------------------------------------------------
flow       : ('allow' | 'deny') endpoints '->' endpoints ':' actions (via | because | when)* ;
via        : 'via' path (',' path)* ;
endpoints  : endpointTerm (',' endpointTerm)* except? ;
except     : 'except' endpointTerm (',' endpointTerm)* ;
endpointTerm : path | IP | CIDR | everyTerm ;
everyTerm  : 'every' name (name 'where' expr)? ;     // ended by `->`, `:` or `,`, so the condition needs no parentheses
actions    : action (',' action)* ;
action     : path | serviceLiteral ;
serviceLiteral : SERVICE ('..' INT)? ;

claim
  : 'never' endpoints ('->' | '~>') endpoints (':' actions)? ('except' via)? when?
  | 'only' endpoints '->' endpoints ':' actions when?
  | 'always' endpoints '->' endpoints ':' actions via? when?
  ;
requireStmt : 'require' binder (',' binder)* ('where' expr)? ':' expr ;
binder      : name name ;

// ---- policies, waivers, tests --------------------------------------------------------------------------------------
policyDecl : 'policy' name policyBlock ;
policyBlock : '{' policyItem* '}' ;
policyItem : ruleDecl | underItem ;
ruleDecl   : 'rule' name ':' name ruleItem+ ;
ruleItem   : claim | requireStmt | control | because | fix ;
control    : 'control' STRING (',' STRING)* ;
fix        : 'fix' STRING ;

waiver       : 'waive' path 'for' waived waiverClause+ ;
waived       : 'flow' endpoints '->' endpoints ':' actions | name path ;
waiverClause : because | 'owner' STRING | 'ticket' STRING | 'until' DATE ;

testDecl : 'test' STRING 'of' path arguments ('on' name (',' name)*)? ('in' path)? testBlock ;
testBlock : '{' testItem* '}' ;
testItem : claim | requireStmt | underItem | fails ;
fails    : 'fails' path ;

// ---- expressions, loosest first ------------------------------------------------------------------------------------
expr    : ifExpr | orExpr ;
ifExpr  : 'if' expr 'then' expr 'else' expr ;
orExpr  : andExpr ('or' andExpr)* ;
andExpr : unary ('and' unary)* ;
unary   : notExpr | existsExpr | compare ;
notExpr : 'not' unary ;
existsExpr : 'exists' binder ('where' unary)? ;
compare   : primary (compareOp primary)* ;           // a second comparison is refused afterwards: it takes parentheses
compareOp : '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'within' | 'overlaps' ;

primary
  : call
  | range
  | parens
  | list
  | everyExpr
  | serviceLiteral
  | STRING | DATE | IP | CIDR | 'true' | 'false'
  ;
call      : path arguments ;                         // count(xs), cpu(70%), file("x"), private_network(zones: 2)
range     : bound ('..' bound)? ;
bound     : INT | PREFIX | PERCENT | DURATION | path ;
parens    : '(' expr ')' ;
list      : '[' (expr (',' expr)* ','?)? ']' ;
everyExpr : 'every' name (name 'where' parens)? ;
arguments : '(' (argument (',' argument)* ','?)? ')' ;
argument  : (name ':')? expr ;

// ---- names ---------------------------------------------------------------------------------------------------------
path   : name ('.' member)* ;
member : name | reserved ;                           // after a dot every word is a name: `f.because`, `f.deny`
name
  : NAME
  | 'addresses' | 'agent' | 'appliance' | 'as' | 'balancer' | 'by' | 'check' | 'control' | 'database' | 'endpoint'
  | 'environment' | 'existing' | 'fails' | 'fix' | 'flow' | 'for' | 'forward' | 'function' | 'group' | 'guard'
  | 'handbook' | 'in' | 'label' | 'let' | 'link' | 'list' | 'network' | 'of' | 'on' | 'one' | 'overlaps' | 'override'
  | 'owner' | 'pattern' | 'peer' | 'policy' | 'private' | 'queue' | 'service' | 'site' | 'stack' | 'store' | 'subnet'
  | 'table' | 'test' | 'ticket' | 'to' | 'topic' | 'under' | 'until' | 'vault' | 'verbatim' | 'with' | 'within'
  ;
reserved
  : 'import' | 'allow' | 'deny' | 'never' | 'always' | 'only' | 'require' | 'via' | 'except' | 'because' | 'when'
  | 'every' | 'where' | 'exists' | 'rule' | 'waive' | 'use' | 'if' | 'then' | 'else' | 'and' | 'or' | 'not' | 'true'
  | 'false'
  ;

// ---- tokens --------------------------------------------------------------------------------------------------------
// The longest match wins, and of two equally long the upper one. An IPv6 address has `::` or seven colons, so `a:b` is
// never taken for one. Whether an address, a date or a number makes sense is not the lexer's business.
CIDR     : (V4 | V6) '/' DIGIT+ ;
IP       : V4 | V6 ;
DATE     : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT '-' DIGIT DIGIT ;
DURATION : DIGIT+ [smhd] ;
PERCENT  : DIGIT+ '%' ;
INT      : DIGIT+ ;
PREFIX   : '/' DIGIT+ ;
SERVICE  : ('tcp' | 'udp' | 'sctp' | 'icmp' | 'icmp6') '/' DIGIT+ ;
NAME     : LETTER (LETTER | DIGIT)* ;
STRING   : '"' CHARACTER* '"' ;

// Named because the compiler supplies a missing one itself, to read on behind it.
CLOSE_BRACE   : '}' ;
CLOSE_BRACKET : ']' ;
CLOSE_PAREN   : ')' ;
COMMA         : ',' ;

// A doc comment goes to the declaration below it; four slashes or more are a comment like any other.
DOC   : '///' (~[/\r\n] ~[\r\n]*)? -> channel(HIDDEN) ;
LINE  : '//' ~[\r\n]* -> skip ;
BLOCK : '/*' .*? '*/' -> skip ;
WS    : [ \t\r\n]+ -> skip ;

// Faults of their own: each is one token, so each is one message, and what follows is read as if nothing had been.
OPEN_STRING  : '"' CHARACTER* '\\'? ;
OPEN_COMMENT : '/*' (~[*] | '*'+ ~[*/])* '*'* ;
BAD_NUMBER   : DIGIT+ LETTER (LETTER | DIGIT)* ;
BAD          : . ;

fragment CHARACTER : '\\' ~[\r\n] | ~["\\\r\n] ;
fragment DIGIT     : [0-9] ;
fragment LETTER    : [A-Za-z_] ;
fragment V4 : DIGIT+ '.' DIGIT+ '.' DIGIT+ '.' DIGIT+ ;
fragment H  : HEX (HEX (HEX HEX?)?)? ;
fragment HEX : [0-9a-fA-F] ;
fragment V6 : H ':' H ':' H ':' H ':' H ':' H ':' H ':' H
            | (H (':' H)*)? '::' (H (':' H)*)? ;
