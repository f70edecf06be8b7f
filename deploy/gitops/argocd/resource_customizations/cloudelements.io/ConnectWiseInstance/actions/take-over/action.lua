-- Confirms that this resource takes over the instance that does not show its ownership tag, which the value names.
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

local instance
if reason == "OwnedByAnother" or reason == "OwnershipNotShown" then
  local known, named = obj.status.instanceId, obj.spec.adoptInstanceId
  local ambiguous = known ~= nil and named ~= nil and known ~= named
  local candidate = known or named
  -- one that was followed once is void
  if candidate ~= nil and not ambiguous and obj.status.lastHandledTakeOver ~= tostring(candidate) then
    instance = candidate
  end
end
if instance == nil then
  error("this resource waits for no confirmation to take an instance over")
end

obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["cloudelements.io/take-over"] = tostring(instance)
return obj
