-- Confirms that this resource takes over the instance that does not show its ownership tag, which the value names.
local reason
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.type == "Stalled" and condition.status == "True" then
      reason = condition.reason
    end
  end
end

local instance
if reason == "OwnedByAnother" or reason == "OwnershipNotShown" then
  instance = obj.status.instanceId or obj.spec.adoptInstanceId
end
if instance == nil then
  error("this resource waits for no confirmation to take an instance over")
end

obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["cloudelements.io/take-over"] = tostring(instance)
return obj
