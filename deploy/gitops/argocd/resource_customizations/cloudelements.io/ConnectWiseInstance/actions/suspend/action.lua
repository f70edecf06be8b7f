-- Stops the operator from calling Cloud Elements for this resource.
obj.spec.suspend = true
return obj
