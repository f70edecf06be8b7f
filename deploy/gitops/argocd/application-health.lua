-- Health of an Application, for which the sync waves of its parent wait. Argo CD removed its own check in 1.8. Its
-- documentation's replacement takes status.health as it is, which since 3.4 may say Healthy while resources are
-- missing, since nothing has been synced yet.
local health = { status = "Progressing", message = "Waiting for its first sync" }

if obj.status == nil or obj.status.health == nil or obj.status.health.status == nil then
  return health
end

local sync, operation = obj.status.sync, obj.status.operationState
local automated = obj.spec.syncPolicy ~= nil and obj.spec.syncPolicy.automated
if operation ~= nil and (operation.phase == "Running" or operation.phase == "Terminating") then
  health.message = operation.message
  return health
end
if operation ~= nil and operation.phase ~= "Succeeded" then
  health.status, health.message = "Degraded", operation.message
  return health
end
if automated and automated.enabled ~= false and sync ~= nil and sync.status == "OutOfSync" then
  local result = operation ~= nil and operation.syncResult or nil
  if result == nil or result.revision ~= sync.revision then
    health.message = "Waiting for the sync of " .. tostring(sync.revision)
    return health
  end
end

health.status, health.message = obj.status.health.status, obj.status.health.message
return health
