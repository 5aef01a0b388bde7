autocmd BufRead,BufNewFile *.crenel setfiletype crenel
