-- Confirms that another instance may be made in place of the lost one, which the value names.
local manages = obj.spec.managementPolicy == nil or obj.spec.managementPolicy == "Manage"
local current = obj.status ~= nil and obj.status.observedGeneration == obj.metadata.generation
local reason
if manages and current and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.type == "Stalled" and condition.status == "True" then
      reason = condition.reason
    end
  end
end

local lost
if reason == "RecreationHeld" or reason == "RecreationDelayed" then
  lost = obj.status.instanceId
elseif reason == "NotFound" then
  local adoption = obj.status.adoption
  lost = adoption ~= nil and adoption.instanceId or obj.spec.adoptInstanceId
end
if lost == nil then
  error("this resource waits for no confirmation to replace a lost instance")
end

obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["cloudelements.io/confirm-recreate"] = tostring(lost)
return obj
