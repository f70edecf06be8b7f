-- Confirms that the instance may be deleted although many are being deleted at once; the value names it.
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

if reason ~= "DeletionHeld" or obj.status.instanceId == nil then
  error("this resource waits for no confirmation of its deletion")
end

obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["cloudelements.io/confirm-deletion"] = tostring(obj.status.instanceId)
return obj
