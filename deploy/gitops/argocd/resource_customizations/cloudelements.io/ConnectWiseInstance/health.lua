-- Health of a ConnectWiseInstance: what its conditions say, by the rules of kstatus.
local health = { status = "Progressing", message = "Waiting for the operator" }

if obj.status == nil or obj.status.conditions == nil then
  return health
end

local conditions = {}
for _, condition in ipairs(obj.status.conditions) do
  conditions[condition.type] = condition
end
local ready, reconciling, stalled = conditions.Ready, conditions.Reconciling, conditions.Stalled
-- the condition that always tells what the operator found last
local latest = conditions.Synced
local onHold = { Planned = true, Suspended = true }

if obj.status.observedGeneration ~= obj.metadata.generation then
  health.message = "Waiting for the operator to see the change"
elseif obj.metadata.deletionTimestamp ~= nil then
  -- what the deletion waits for; before 3.6 Argo CD does not ask and says "Pending deletion"
  health.message = latest ~= nil and latest.message or nil
  health.deletionMessage = health.message
elseif stalled ~= nil and stalled.status == "True" then
  health.status, health.message = "Degraded", stalled.message
elseif reconciling ~= nil and reconciling.status == "True" then
  health.message = reconciling.message
elseif latest ~= nil and onHold[latest.reason] then
  -- as the manifest asks: nothing will change by waiting
  health.status, health.message = "Suspended", latest.message
elseif ready ~= nil and ready.status == "True" then
  health.status, health.message = "Healthy", ready.message
elseif ready ~= nil then
  health.message = ready.message
end
return health
