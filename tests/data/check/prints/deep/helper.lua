local helper = {}
function helper.count(list)
  print("counts", #list)
  return #list
end
return helper
