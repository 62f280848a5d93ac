-- Run by Neovim on a file of a small project: starts the server as a user's settings would, waits for what it says, chooses the
-- first quick fix, and writes down what was seen.

local env = vim.env
local seen = {}

local function finish()
  local file = assert(io.open(env.REMIT_OUTCOME, "w"))
  file:write(vim.json.encode(seen))
  file:close()
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  vim.wait(5000, function() return #vim.lsp.get_active_clients() == 0 end)
  vim.cmd("qall!")
end

local function run()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  seen.capabilities = capabilities
  local client = vim.lsp.start_client({
    name = "remit",
    cmd = vim.json.decode(env.REMIT_COMMAND),
    root_dir = env.REMIT_ROOT,
    capabilities = capabilities,
  })
  vim.lsp.buf_attach_client(0, client)

  vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
  seen.diagnostics = vim.tbl_map(function(each)
    return { line = each.lnum, column = each.col, severity = each.severity, source = each.source, message = each.message, code = each.user_data.lsp.code }
  end, vim.diagnostic.get(0))
  assert(#seen.diagnostics > 0, "no diagnostics")

  local first = vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0), only = { "quickfix" } }
  local answers = assert(vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000))
  seen.actions = vim.tbl_map(function(action) return action.title end, answers[client].result)
  vim.lsp.util.apply_workspace_edit(answers[client].result[1].edit, "utf-16")
  seen.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n") .. "\n"

  vim.wait(30000, function() return #vim.diagnostic.get(0) == 0 end, 50)
  seen.left = #vim.diagnostic.get(0)

  local hover = assert(vim.lsp.buf_request_sync(0, "textDocument/hover", {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = 4, character = 20 },
  }, 20000))
  seen.hover = hover[client].result.contents.value
end

local is_well, why = pcall(run)
if not is_well then seen.failure = tostring(why) end
finish()
