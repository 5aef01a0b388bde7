setlocal commentstring=//\ %s comments=:///,:// expandtab shiftwidth=2 softtabstop=2
if has('nvim')
  lua vim.lsp.start({ name = 'crenel', cmd = { 'crenel', 'lsp' }, root_dir = vim.fs.dirname(vim.fs.find({ '.crenel-root', '.git' }, { upward = true })[1]) })
else
  " Without a client of the protocol: `:make` checks the file, `:Crenelfmt` formats the file.
  setlocal makeprg=crenel\ check\ %:S errorformat=%f:%l:%c:\ %t%*[^[][%*[^]]]:\ %m,%-G%.%#
  command! -buffer Crenelfmt write | silent !crenel fmt %:S
endif
