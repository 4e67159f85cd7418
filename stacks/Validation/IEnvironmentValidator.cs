namespace AppStack.Stacks.Environments.Validation;

/// <summary>Checks one concern of an environment. Values that could not be read are null and have been reported: validators pass over them.</summary>
internal interface IEnvironmentValidator
{
    /// <summary>Reports everything that is wrong.</summary>
    void Validate(EnvironmentValidation context);
}
