-- Sends 16 requests at once and waits for their answers.
function init(arguments)
  local one = wrk.format()
  batch = string.rep(one, 16)
end

function request()
  return batch
end
