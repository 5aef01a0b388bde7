;;; crenel-mode.el --- Network design patterns in Crenel -*- lexical-binding: t -*-

(require 'prog-mode)

(defvar crenel-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?_ "w" table)
    table))

(defconst crenel-font-lock
  `((,(regexp-opt '("allow" "deny" "never" "only" "always" "require" "fails") 'words) . font-lock-keyword-face)
    (,(regexp-opt '("import" "pattern" "stack" "handbook" "environment" "policy" "rule" "test" "waive" "service"
                    "addresses" "label" "let" "use" "network" "subnet" "site" "group" "balancer" "appliance" "function"
                    "store" "queue" "topic" "table" "vault" "database" "endpoint" "link" "peer" "agent" "guard")
                  'words)
     . font-lock-type-face)
    (,(regexp-opt '("in" "on" "to" "by" "as" "via" "because" "when" "where" "if" "then" "else" "and" "or" "not" "every"
                    "exists" "under" "for" "within" "except" "forward" "check" "private")
                  'words)
     . font-lock-builtin-face)
    (,(regexp-opt '("true" "false" "none" "internet" "any" "inside" "outside" "nat" "packets" "env" "public" "isolated")
                  'words)
     . font-lock-constant-face)))

;;;###autoload
(define-derived-mode crenel-mode prog-mode "Crenel"
  "Network design patterns in Crenel."
  (setq-local comment-start "// ")
  (setq-local comment-end "")
  (setq-local indent-tabs-mode nil)
  (setq-local font-lock-defaults '(crenel-font-lock)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.crenel\\'" . crenel-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(crenel-mode "crenel" "lsp")))

(provide 'crenel-mode)
;;; crenel-mode.el ends here
