namespace AppStack.Lab.Tests.Machines;

/// <summary>A test that makes machines on this host, which only root may.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "A lab needs root.";
        }
    }
}
