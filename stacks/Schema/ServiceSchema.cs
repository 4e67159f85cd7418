using AppStack.Stacks.Services.Descriptors;

namespace AppStack.Stacks.Environments.Schema;

/// <summary>The JSON Schema of services' descriptors; the checked-in copy is <c>stacks/services/service.schema.json</c>.</summary>
public static class ServiceSchema
{
    /// <summary>The schema as indented JSON with a line end.</summary>
    public static string Write() => DescriptorSchema.Write(typeof(ServiceDescriptor), "AppStack service");
}
