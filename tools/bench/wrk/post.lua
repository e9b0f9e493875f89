-- POSTs a body of the size that the command line gives in bytes: wrk ... -- SIZE
function init(arguments)
  wrk.method = "POST"
  wrk.body = string.rep("x", tonumber(arguments[1]))
  wrk.headers["Content-Type"] = "application/octet-stream"
end
