-- Health of a CloudElementsAccount: what its conditions say, by the rules of kstatus.
local health = { status = "Progressing", message = "Waiting for the operator" }

if obj.status == nil or obj.status.conditions == nil then
  return health
end

local conditions = {}
for _, condition in ipairs(obj.status.conditions) do
  conditions[condition.type] = condition
end
local ready, reconciling, stalled = conditions.Ready, conditions.Reconciling, conditions.Stalled

if obj.status.observedGeneration ~= obj.metadata.generation then
  health.message = "Waiting for the operator to see the change"
elseif obj.metadata.deletionTimestamp ~= nil then
  -- the resources that still use it
  health.message = ready ~= nil and ready.message or nil
  health.deletionMessage = health.message
elseif stalled ~= nil and stalled.status == "True" then
  health.status, health.message = "Degraded", stalled.message
elseif reconciling ~= nil and reconciling.status == "True" then
  health.message = reconciling.message
elseif ready ~= nil and ready.reason == "Suspended" then
  -- on hold as the manifest asks: nothing will change by waiting
  health.status, health.message = "Suspended", ready.message
elseif ready ~= nil and ready.status == "True" then
  health.status, health.message = "Healthy", ready.message
elseif ready ~= nil then
  health.message = ready.message
end
return health
